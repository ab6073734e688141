import type { ServerResponse } from "node:http";

export const JSON_TYPE = "application/json; charset=utf-8";
export const TEXT_TYPE = "text/plain; charset=utf-8";

/** Nothing inline, nothing from elsewhere, and nobody may frame it. */
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
} as const;

/** Sets the headers that every answer to the page has. */
export function protect(outgoing: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) outgoing.setHeader(name, value);
}

export function sendText(outgoing: ServerResponse, status: number, text: string): void {
  send(outgoing, status, `${text}\n`, TEXT_TYPE);
}

export function send(
  outgoing: ServerResponse,
  status: number,
  body: string | Uint8Array,
  type: string,
): void {
  // By definition without a body, and without its type.
  outgoing.writeHead(status, status === 204 ? {} : { "content-type": type });
  outgoing.end(status === 204 ? undefined : body);
}

/** What is no JSON is sent as plain text, which no browser takes for a page. */
export function looksLikeJson(text: string): boolean {
  return text.startsWith("{") || text.startsWith("[");
}
