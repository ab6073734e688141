import { type OperationDescription, OPERATIONS } from "../../../generated/operations.js";
import { type Answer, toAnswer } from "./answer.js";
import { checkToken } from "./check-token.js";
import { handle, type HandlerContext, isOwn } from "./handlers.js";
import { readInput } from "./read-input.js";
import type { ReadRequest } from "./read-request.js";
import { Refusal } from "./refusal.js";
import { COLLECTION, type OperationId } from "./router.js";

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
    if (!isOwn(id)) throw refuseForeign(id);
    const input = readInput(request, operation, path, switches);
    return { status: operation.status, body: handle(id, input, context) };
  } catch (error) {
    if (error instanceof Refusal) return toAnswer(error, switches.errorShape);
    throw error;
  }
}

/** An operation of another page of the vendor: it has types, and nothing that carries it out. */
function refuseForeign(id: OperationId): Refusal {
  const { method, path }: OperationDescription = OPERATIONS[id];
  return new Refusal(
    501,
    `The sandbox does not imitate ${id} (${method} ${path}), only what is at or below ${COLLECTION}`,
  );
}
