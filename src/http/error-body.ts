import { asArray, asRecord } from "./json.js";
import type { Redact } from "../checks/redact.js";
import { visibleText } from "../checks/visible-text.js";

/** The code and the messages of an error answer. */
export interface ErrorBody {
  readonly errorCode: string | undefined;
  readonly messages: readonly string[];
}

interface Entry {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** The longest message that is passed on, in characters. */
const MAX_MESSAGE = 200;

/** The number of errors in a list that are passed on. */
const MAX_ERRORS = 10;

/**
 * Reads the body of an answer that is not 2xx. The API has two shapes,
 * `{ status, error_code, message, errors: string[] }` and
 * `{ errors: [{ status, code, title, detail }] }`; proxies answer with HTML, plain text or nothing.
 *
 * @param body Parsed if it was JSON, otherwise the text.
 * @param show Extracts the text that a person would see.
 */
export function readErrorBody(body: unknown, redact: Redact, show = visibleText): ErrorBody {
  const { error, errors } = asRecord(body);
  const entries = [body, error, errors, ...asArray(errors).slice(0, MAX_ERRORS)].map(readEntry);
  const messages = entries.map(({ message = "" }) => redact(message).slice(0, MAX_MESSAGE));
  const code = entries.find((entry) => entry.code !== undefined)?.code;
  return {
    errorCode: code === undefined ? undefined : redact(code),
    messages: [...new Set(messages)].filter((message) => message !== ""),
  };

  function readEntry(entry: unknown): Entry {
    if (typeof entry === "string") return { code: undefined, message: show(redact(entry)) };
    const { error_code, code = error_code, title, detail, message } = asRecord(entry);
    const parts = [title, detail, message].filter((part) => typeof part === "string");
    return {
      code: typeof code === "string" || typeof code === "number" ? String(code) : undefined,
      message: show(redact(parts.join(": "))),
    };
  }
}
