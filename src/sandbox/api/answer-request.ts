import { OPERATIONS } from "../../../generated/operations.js";
import { type Answer, toAnswer } from "./answer.js";
import { checkToken } from "./check-token.js";
import { handle, type HandlerContext } from "./handlers.js";
import { readInput } from "./read-input.js";
import type { ReadRequest } from "./read-request.js";
import { Refusal } from "./refusal.js";

/** What a request meets. */
export interface AnswerContext extends HandlerContext {
  /** The token that requests must carry; any when undefined. */
  readonly token: string | undefined;
}

/**
 * Takes a request through the steps of the API. All of it is one stroke: requests at the same time
 * see each other's writes whole or not at all.
 */
export function answerRequest(request: ReadRequest, context: AnswerContext): Answer {
  const { token, switches } = context;
  try {
    if (request.operation instanceof Refusal) throw request.operation;
    const { id, path } = request.operation;
    const operation = OPERATIONS[id];
    checkToken(request, operation, token);
    const input = readInput(request, operation, path, switches);
    return { status: operation.status, body: handle(id, input, context) };
  } catch (error) {
    if (error instanceof Refusal) return toAnswer(error, switches.errorShape);
    throw error;
  }
}
