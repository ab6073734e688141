import { InvalidResponseError } from "../errors/invalid-response-error.js";
import { LinqApiError } from "../errors/api-error.js";
import { isJson } from "../checks/visible-text.js";
import type { RequestContext } from "../errors/request-error.js";
import type { WholeAnswer } from "./api.js";
import type { Call } from "./call.js";
import { readErrorBody } from "./error-body.js";

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
 * Reads an answer.
 *
 * @throws {LinqApiError} for every status that is not 2xx.
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

  // As it is where it is JSON, or is to be: only so is a value recognised that somebody else hides.
  const show = isJson(headers) ? (said: string): string => said : undefined;
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
        messages: readErrorBody(bodyOf(answer), call.redact, show).messages,
      },
      context,
      options,
    );

  if (json ?? isEmpty) return { body: json?.value, status, headers, invalid };
  // The engine's message quotes the text, so the cause is made from what may be seen of it.
  throw invalid("", "JSON", undefined, { cause: syntaxErrorOf(call.redact(text)) });
}

/** As JSON, where it is that. */
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
