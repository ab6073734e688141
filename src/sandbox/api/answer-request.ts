import { type OperationDescription, OPERATIONS } from "../../../generated/operations.js";
import { type Answer, toAnswer } from "./answer.js";
import { checkToken } from "./check-token.js";
import { handle, type HandlerContext, isOwn } from "./handlers.js";
import { readInput } from "./read-input.js";
import type { ReadRequest } from "./read-request.js";
import { Refusal } from "./refusal.js";
import { COLLECTION, type OperationId } from "./router.js";

/** The context in which a request is answered. */
export interface AnswerContext extends HandlerContext {
  /** The token that requests must have; any token if undefined. */
  readonly token: string | undefined;
}

/**
 * Answers a request as the API would. It is synchronous, so concurrent requests see each other's writes
 * completely or not at all.
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

/** Refuses an operation from another page of the vendor: it has types, but no handler. */
function refuseForeign(id: OperationId): Refusal {
  const { method, path }: OperationDescription = OPERATIONS[id];
  return new Refusal(
    501,
    `The sandbox does not imitate ${id} (${method} ${path}), only operations at or below ${COLLECTION}`,
  );
}
