import type { Redact } from "../../checks/redact.js";
import { isJson } from "../../checks/visible-text.js";
import type { Io } from "../io.js";
import { readStart } from "./read-start.js";

/**
 * A `fetch` that hides known values in what a server says of an error. The client hides those of its
 * own call; others would no longer be recognised once it has taken tags out and shortened the text.
 */
export function hideInErrors(fetch: Io["fetch"], redact: Redact): Io["fetch"] {
  return async (input, init) => {
    const response = await fetch(input, init);
    const { ok, status, headers, body } = response;
    // What is no error must stay as it is; a page instead of it is one, whatever its status.
    if (body === null || (ok && isJson(headers))) return response;
    // Without the text of the status, where servers put what `Response` does not take.
    return new Response(redact(await readStart(body, LONGEST)), { status, headers });
  };
}

/** How much of an error is read, in bytes. */
const LONGEST = 1_048_576;
