import type { Header } from "../page/protocol.js";

/** Headers whose values let in whoever has them. A signature is none: it says nothing of its secret. */
const SECRET =
  /^(authorization|proxy-authorization|cookie|set-cookie|.*(token|api-?key|secret|password).*)$/i;

export function hideHeaders(headers: readonly Header[]): Header[] {
  return headers.map(([name, value]) => [name, SECRET.test(name) ? "[REDACTED]" : value]);
}
