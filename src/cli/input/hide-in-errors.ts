import type { Redact } from "../../checks/redact.js";
import { looksLikeHtml } from "../../checks/visible-text.js";
import type { Io } from "../io.js";

/**
 * A `fetch` that hides known values in what a server says of an error. The client hides those of its
 * own call; others would no longer be recognised once it has taken tags out and shortened the text.
 */
export function hideInErrors(fetch: Io["fetch"], redact: Redact): Io["fetch"] {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.body === null) return response;
    const { ok, status, statusText, headers } = response;
    const text = await response.text();
    // What is no error must stay as it is; a page instead of it is one, whatever its status.
    const body = ok && !looksLikeHtml(text) ? text : redact(text);
    return new Response(body, { status, statusText, headers });
  };
}
