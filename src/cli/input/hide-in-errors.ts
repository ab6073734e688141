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
    const { ok, status, headers, body } = response;
    // What is no error must stay as it is; a page instead of it is one, whatever its status.
    if (body === null || (ok && isJson(headers))) return response;
    // Without the text of the status, where servers put what `Response` does not take.
    return new Response(redact(await readStart(body)), { status, headers });
  };
}

/** How much of an error is read, in bytes. */
const LONGEST = 1_048_576;

async function readStart(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let [text, length] = ["", 0];
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    length += chunk.length;
    if (length >= LONGEST) break;
  }
  return text + decoder.decode();
}
