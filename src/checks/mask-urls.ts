import { parseUrl } from "./parse-url.js";

const MASK = "***";

/** What ends a URL within a text. */
const END = /[\s"'`<>\\]/;

/** Names of parameters whose values let in whoever has them. */
const KEY_NAME = /key|token|secret|sig|auth|pass|pwd|credential|code/i;

/** A value that looks like a key whatever its name: long, and of letters and digits. */
const MIXED = /^[\w~.%+/=-]{16,}$/;
const LETTER = /[a-z]/i;
const DIGIT = /\d/;

/**
 * Masks in all URLs of a text what lets in whoever knows it: user and password, and values of the query
 * that are keys by their names or looks. It looks at each character a fixed number of times.
 */
export function maskUrls(text: string): string {
  let masked = "";
  let from = 0;
  for (;;) {
    const scheme = text.indexOf("://", from);
    if (scheme < 0) return masked + text.slice(from);
    const start = scheme + 3;
    const length = text.slice(start).search(END);
    const end = length < 0 ? text.length : start + length;
    masked += text.slice(from, start) + maskRest(text.slice(start, end));
    from = end;
  }
}

/** The values of a URL that are to be seen nowhere, in whatever encoding they are echoed. */
export function keysOf(url: string): string[] {
  // Without either it has none, and most URLs have neither.
  const parsed = /[?@]/.test(url) ? parseUrl(url) : undefined;
  if (!parsed) return [];
  const { password, searchParams } = parsed;
  const keys = [...searchParams].filter(([name, value]) => isKey(name, value));
  return [decode(password), ...keys.map(([, value]) => value)];
}

/** Masks what follows the scheme of a URL. */
function maskRest(rest: string): string {
  const authority = rest.slice(0, indexOf(rest, /[/?#]/));
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  const user = host === authority ? "" : `${MASK}@`;
  const behind = rest.slice(authority.length);
  const path = behind.slice(0, indexOf(behind, /[?#]/));
  const query = behind.slice(path.length, indexOf(behind, /#/));
  const fragment = behind.slice(path.length + query.length);
  const parameters = query.slice(1).split("&").map(maskParameter);
  return user + host + path + query.slice(0, 1) + parameters.join("&") + fragment;
}

/** The whole length where there is none. */
function indexOf(text: string, expression: RegExp): number {
  const index = text.search(expression);
  return index < 0 ? text.length : index;
}

function maskParameter(parameter: string): string {
  const name = parameter.slice(0, indexOf(parameter, /=/));
  const value = parameter.slice(name.length + 1);
  if (name === parameter) return isKey("", name) ? MASK : name;
  return value !== "" && isKey(name, value) ? `${name}=${MASK}` : parameter;
}

function isKey(name: string, value: string): boolean {
  return KEY_NAME.test(name) || (MIXED.test(value) && LETTER.test(value) && DIGIT.test(value));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
