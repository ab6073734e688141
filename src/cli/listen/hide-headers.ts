import type { Header } from "../page/protocol.js";

/** Headers whose values are credentials. A signature is not one, because it does not reveal its secret. */
const SECRET =
  /^(authorization|proxy-authorization|cookie|set-cookie|.*(token|api-?key|secret|password).*)$/i;

export function hideHeaders(headers: readonly Header[]): Header[] {
  return headers.map(([name, value]) => [name, SECRET.test(name) ? "[REDACTED]" : value]);
}
