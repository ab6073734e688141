import type { OperationDescription } from "../../generated/operations.js";
import { describeErrors } from "./describe-errors.js";
import { Refusal } from "./refusal.js";

/** What a request hands to an operation, after the validators of the operation have seen it. */
export interface OperationInput {
  /** The parameters of the path, as what the document says they are. */
  readonly path: unknown;
  /** The JSON body; undefined where the operation takes none. */
  readonly body: unknown;
}

/**
 * Reads what the operation takes from a request.
 *
 * @throws {Refusal} 404 for parameters that can name nothing, as an id that is no integer: Rails
 * answers so, too. 415 for a body that is not declared as JSON, which is all that the document offers;
 * 400 for one that is not JSON; 422 with each reason for one that the document does not allow.
 */
export async function readInput(
  request: Request,
  operation: Pick<OperationDescription, "params" | "body">,
  path: Record<string, string>,
): Promise<OperationInput> {
  const params = { path, query: Object.fromEntries(new URL(request.url).searchParams) };
  if (operation.params?.(params) === false) {
    throw new Refusal(404, "There is nothing under these parameters", {
      errors: describeErrors(operation.params.errors),
    });
  }
  if (operation.body === null) return { path: params.path, body: undefined };

  const body = await readJson(request);
  if (!operation.body(body)) {
    throw new Refusal(422, "The request is not valid", {
      errors: describeErrors(operation.body.errors),
    });
  }
  return { path: params.path, body };
}

async function readJson(request: Request): Promise<unknown> {
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    throw new Refusal(415, "The body must be sent as content-type: application/json");
  }
  try {
    return await request.json();
  } catch {
    throw new Refusal(400, "The body is not valid JSON");
  }
}
