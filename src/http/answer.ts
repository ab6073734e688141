import { InvalidResponseError } from "../errors/invalid-response-error.js";
import { LinqApiError } from "../errors/api-error.js";
import { isJson } from "../checks/visible-text.js";
import type { RequestContext } from "../errors/request-error.js";
import type { WholeAnswer } from "./api.js";
import type { Call } from "./call.js";
import { readErrorBody } from "./error-body.js";

/** The API's answer to one request, with a 2xx status. */
export interface Answer {
  /** The parsed JSON body; undefined when the body was empty. */
  readonly body: unknown;
  readonly status: number;
  readonly headers: Headers;
  /**
   * Makes the error for an unexpected body.
   *
   * @param advice What the caller should do. The default is to check `baseUrl` and whether the API has changed.
   */
  invalid(field: string, expected: string, advice?: string): InvalidResponseError;
}

/** The part of a body that an error shows, in characters. */
const PREVIEW_LENGTH = 2_048;

/** The part of a field's path that an error shows, in characters; a server may nest objects deeply. */
const FIELD_LENGTH = 200;

/**
 * Reads an answer.
 *
 * @throws {LinqApiError} for a status that is not 2xx.
 * @throws {InvalidResponseError} for a 2xx body that is neither JSON nor empty.
 */
export function readAnswer(answer: WholeAnswer, context: RequestContext, call: Call): Answer {
  const { status, headers, text, json } = answer;
  const isEmpty = text === "";
  if (status >= 300) {
    const retryAfter = call.attempts.at(-1)?.retryAfter;
    const said = readErrorBody(isEmpty ? undefined : bodyOf(answer), call.redact);
    throw new LinqApiError({ ...said, status, retryAfter }, context);
  }

  const invalid = (
    field: string,
    expected: string,
    advice?: string,
    options?: ErrorOptions,
  ): InvalidResponseError => {
    // JSON stays unchanged, so that a value that another layer hides can still be recognised in it.
    const show = isJson(headers) ? (said: string): string => said : undefined;
    return new InvalidResponseError(
      {
        status,
        contentType: call.redact(headers.get("content-type") ?? "") || undefined,
        // The server may have chosen this name.
        field: call.redact(field).slice(0, FIELD_LENGTH),
        expected: call.redact(expected),
        advice: advice && call.redact(advice),
        preview: call.redact(text).slice(0, PREVIEW_LENGTH),
        messages: readErrorBody(bodyOf(answer), call.redact, show).messages,
      },
      context,
      options,
    );
  };

  if (json ?? isEmpty) return { body: json?.value, status, headers, invalid };
  // The engine's message quotes the text, so the cause is made from the redacted text.
  throw invalid("", "JSON", undefined, { cause: syntaxErrorOf(call.redact(text)) });
}

/** The parsed JSON, or the text if it is not JSON. */
function bodyOf({ text, json }: WholeAnswer): unknown {
  return json ? json.value : text;
}

function syntaxErrorOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
