import type { Redact } from "../../checks/redact.js";
import type { Io } from "../io.js";

/**
 * A `fetch` that hides known values in what a server says of an error. The client hides those of its
 * own call; others would no longer be recognised once it has taken tags out and shortened the text.
 */
export function hideInErrors(fetch: Io["fetch"], redact: Redact): Io["fetch"] {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.ok || response.body === null) return response;
    const { status, statusText, headers } = response;
    return new Response(redact(await response.text()), { status, statusText, headers });
  };
}
