import { asArray, asRecord } from "./json.js";
import type { Redact } from "../checks/redact.js";
import { visibleText } from "../checks/visible-text.js";

/** What an error answer says, as far as it can be made out. */
export interface ErrorBody {
  readonly errorCode: string | undefined;
  readonly messages: readonly string[];
}

interface Entry {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** How much of a text fits an error message, in characters. */
const MAX_MESSAGE = 200;

/** How many errors of a list are passed on. */
const MAX_ERRORS = 10;

/**
 * Reads the body of an answer that is not 2xx, parsed where it was JSON, else as text. The API has
 * two shapes, `{ status, error_code, message, errors: string[] }` and
 * `{ errors: [{ status, code, title, detail }] }`; proxies answer with HTML, plain text or nothing.
 *
 * @param show Makes of a text what a person would see of it.
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
