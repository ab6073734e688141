import type { ServerResponse } from "node:http";

export const JSON_TYPE = "application/json; charset=utf-8";
export const TEXT_TYPE = "text/plain; charset=utf-8";

/** No inline code, no resources from other origins, and no framing. */
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
} as const;

/** Sets the headers of every answer to the page. */
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
  // A 204 has neither a body nor a content type.
  outgoing.writeHead(status, status === 204 ? {} : { "content-type": type });
  outgoing.end(status === 204 ? undefined : body);
}

/** Other text is sent as plain text, which a browser does not render as a page. */
export function looksLikeJson(text: string): boolean {
  return text.startsWith("{") || text.startsWith("[");
}
