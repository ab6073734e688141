import { OPERATIONS } from "../../generated/operations.js";
import { type Answer, toAnswer } from "./answer.js";
import { checkToken } from "./check-token.js";
import { handle } from "./handlers.js";
import { readInput } from "./read-input.js";
import { Refusal } from "./refusal.js";
import { findOperation } from "./router.js";
import type { Store } from "./store.js";

/** What a request meets. */
export interface AnswerContext {
  readonly store: Store;
  /** The token that requests must carry; any when undefined. */
  readonly token: string | undefined;
}

/**
 * Takes a request through the steps of the API. Only the last one changes anything, and it does so
 * at one stroke: requests at the same time see each other's writes whole or not at all.
 */
export async function answerRequest(request: Request, context: AnswerContext): Promise<Answer> {
  try {
    const { id, path } = findOperation(request);
    const operation = OPERATIONS[id];
    checkToken(request, operation, context.token);
    const input = await readInput(request, operation, path);
    request.signal.throwIfAborted();
    return { status: operation.status, body: handle(id, input, context.store) };
  } catch (error) {
    if (error instanceof Refusal) return toAnswer(error);
    throw error;
  }
}
