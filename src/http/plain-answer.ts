import { asRecord } from "./json.js";

/** The headers of an answer. Some replacements of `fetch` return a plain record. */
export function headersOf(response: Response): Headers {
  const headers: unknown = response.headers;
  if (typeof asRecord(headers)["get"] === "function") return headers as Headers;
  const pairs = Object.entries(asRecord(headers)).map(([name, value]) => [name, String(value)]);
  return new Headers(pairs as [string, string][]);
}

/** Cancels a body that nobody will read, and ignores a failure. */
export function discardBody({ body }: Response): void {
  // In node-fetch the body is a Node stream.
  const { cancel, destroy } = asRecord(body) as { cancel?: unknown; destroy?: unknown };
  if (typeof cancel === "function") (body as ReadableStream).cancel().catch(() => undefined);
  else if (typeof destroy === "function") destroy.call(body);
}
