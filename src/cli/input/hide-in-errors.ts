import type { Redact } from "../../checks/redact.js";
import { isJson } from "../../checks/visible-text.js";
import type { Io } from "../io.js";

/**
 * A `fetch` that hides known values in what a server says of an error. The client hides those of its
 * own call; others would no longer be recognised once it has taken tags out and shortened the text.
 */
export function hideInErrors(fetch: Io["fetch"], redact: Redact): Io["fetch"] {
  return async (input, init) => {
    const response = await fetch(input, init);
    const { ok, status, statusText, headers, body } = response;
    // What is no error must stay as it is; a page instead of it is one, whatever its status.
    if (body === null || (ok && isJson(headers))) return response;
    return new Response(redact(await response.text()), { status, statusText, headers });
  };
}
