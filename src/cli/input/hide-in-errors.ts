import type { Redact } from "../../checks/redact.js";
import { isJson } from "../../checks/visible-text.js";
import type { Io } from "../io.js";
import { readStart } from "./read-start.js";

/**
 * Wraps `fetch` to redact known secrets in error responses. The client redacts only the secrets of its
 * own call. It also strips tags and shortens the text, after which other secrets would not be recognised.
 */
export function hideInErrors(fetch: Io["fetch"], redact: Redact): Io["fetch"] {
  return async (input, init) => {
    const response = await fetch(input, init);
    const { ok, status, headers, body } = response;
    // A success must stay unchanged; a page instead of JSON is an error, whatever its status.
    if (body === null || (ok && isJson(headers))) return response;
    // Without the status text, because servers send texts that `Response` rejects.
    return new Response(redact(await readStart(body, LONGEST)), { status, headers });
  };
}

/** The maximum size of an error to read, in bytes. */
const LONGEST = 1_048_576;
