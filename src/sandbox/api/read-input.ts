import type { OperationDescription, ValidationError } from "../../../generated/operations.js";
import { describeErrors } from "./describe-errors.js";
import type { ReadRequest } from "./read-request.js";
import { Refusal } from "./refusal.js";
import type { SandboxSwitches } from "../switches.js";

/** The input of an operation, checked by the validators of the operation. */
export interface OperationInput {
  /** The parameters of the path, with the types that the document gives them. */
  readonly path: unknown;
  readonly query: URLSearchParams;
  /** The JSON body; undefined if the operation has none. */
  readonly body: unknown;
}

/**
 * Reads the input of an operation from a request.
 *
 * @throws {Refusal} 404 for invalid parameters, such as an id that is not an integer, as Rails does; 415
 * for a body that is not declared as JSON, the only type in the document; 400 for a body that is not
 * JSON; 422 with each reason for a body that the document does not allow.
 */
export function readInput(
  request: ReadRequest,
  operation: Pick<OperationDescription, "params" | "body">,
  path: Record<string, string>,
  switches: SandboxSwitches,
): OperationInput {
  const query = request.url.searchParams;
  const params = { path, query: Object.fromEntries(query) };
  if (operation.params?.(params) === false) {
    throw new Refusal(404, "There is nothing under these parameters", {
      errors: describeErrors(operation.params.errors),
    });
  }
  if (operation.body === null) return { path: params.path, query, body: undefined };

  const json = readJson(request);
  const body = switches.unwrappedBody === "accept" ? wrap(json) : json;
  const errors = operation.body(body) ? [] : (operation.body.errors ?? []);
  const objections = switches.invalidInput === "accept" ? errors.filter(isSerious) : errors;
  if (objections.length > 0) {
    throw new Refusal(422, "The request is not valid", { errors: describeErrors(objections) });
  }
  return { path: params.path, query, body };
}

/** Whether an error is more than a value that is missing from an enum of the document. */
function isSerious({ keyword }: ValidationError): boolean {
  return keyword !== "enum";
}

function wrap(body: unknown): unknown {
  const isWrapped = typeof body !== "object" || body === null || "webhook_subscription" in body;
  return isWrapped ? body : { webhook_subscription: body };
}

function readJson({ headers, text }: ReadRequest): unknown {
  const mediaType = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    throw new Refusal(415, "The body must be sent as content-type: application/json");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "The body is not valid JSON");
  }
}
