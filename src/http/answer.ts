import { InvalidResponseError } from "../errors/invalid-response-error.js";
import { LinqApiError } from "../errors/api-error.js";
import type { RequestContext } from "../errors/request-error.js";
import type { Call } from "./call.js";
import { readErrorBody } from "./error-body.js";

/** What openapi-fetch gives back when asked for text, whatever the operation. */
export interface ApiResult {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** The API's answer to one request, with a 2xx status. */
export interface Answer {
  /** The body as JSON; undefined when there was none. */
  readonly body: unknown;
  readonly status: number;
  readonly headers: Headers;
  /**
   * Makes the error for a body that is not what was expected.
   *
   * @param advice What to do; by default, to check `baseUrl` and whether the API has changed.
   */
  invalid(field: string, expected: string, advice?: string): InvalidResponseError;
}

/** How much of a body an error shows, in characters. */
const PREVIEW_LENGTH = 2_048;

/** How much of a path in it; a server may nest as deep as it likes. */
const FIELD_LENGTH = 200;

/**
 * Reads what openapi-fetch gave back. The status alone decides: `error` is empty when the body is.
 *
 * @throws {LinqApiError} for every status that is not 2xx.
 * @throws {InvalidResponseError} for a 2xx body that is neither JSON nor empty.
 */
export function readAnswer(result: ApiResult, context: RequestContext, call: Call): Answer {
  const { response } = result;
  const { status, headers } = response;
  if (!response.ok) {
    const retryAfter = call.attempts.at(-1)?.retryAfter;
    const said = readErrorBody(result.error, call.redact);
    throw new LinqApiError({ ...said, status, retryAfter }, context);
  }
  const text = typeof result.data === "string" ? result.data : "";

  const invalid = (
    field: string,
    expected: string,
    advice?: string,
    options?: ErrorOptions,
  ): InvalidResponseError =>
    new InvalidResponseError(
      {
        status,
        contentType: call.redact(headers.get("content-type") ?? "") || undefined,
        // It may be a name that the server has chosen.
        field: call.redact(field).slice(0, FIELD_LENGTH),
        expected: call.redact(expected),
        advice: advice && call.redact(advice),
        preview: call.redact(text).slice(0, PREVIEW_LENGTH),
      },
      context,
      options,
    );

  try {
    return { body: text === "" ? undefined : JSON.parse(text), status, headers, invalid };
  } catch {
    // The engine's message quotes the text, so the cause is made from what may be seen of it.
    throw invalid("", "JSON", undefined, { cause: syntaxErrorOf(call.redact(text)) });
  }
}

function syntaxErrorOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
