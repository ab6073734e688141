import { parseUrl } from "../checks/parse-url.js";

/** Whether a text is an absolute URL that a delivery can be sent to. */
export function isWebUrl(text: string): boolean {
  return /^https?:$/.test(parseUrl(text)?.protocol ?? "");
}

/** The form in which two URLs of one resource are equal: as WHATWG writes it, without the fragment. */
export function comparableUrl(text: string): string {
  const url = new URL(text);
  url.hash = "";
  return url.href;
}
