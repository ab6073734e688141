import { parseUrl } from "../checks/parse-url.js";

/** Whether a text is an absolute http or https URL. */
export function isWebUrl(text: string): boolean {
  return /^https?:$/.test(parseUrl(text)?.protocol ?? "");
}

/** The form in which URLs are compared: as the WHATWG URL standard serializes them, without the fragment. */
export function comparableUrl(text: string): string {
  const url = new URL(text);
  url.hash = "";
  return url.href;
}
