import { asRecord } from "./json.js";

/** The headers of an answer; some replacements of `fetch` have a plain record there. */
export function headersOf(response: Response): Headers {
  const headers: unknown = response.headers;
  if (typeof asRecord(headers)["get"] === "function") return headers as Headers;
  const pairs = Object.entries(asRecord(headers)).map(([name, value]) => [name, String(value)]);
  return new Headers(pairs as [string, string][]);
}

/** Gives up the body of an answer that nobody will read; failing to do so changes nothing. */
export function discardBody({ body }: Response): void {
  // node-fetch has a stream of Node's there.
  const { cancel, destroy } = asRecord(body) as { cancel?: unknown; destroy?: unknown };
  if (typeof cancel === "function") (body as ReadableStream).cancel().catch(() => undefined);
  else if (typeof destroy === "function") destroy.call(body);
}
