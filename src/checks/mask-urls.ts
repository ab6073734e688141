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

/** What stands for a value that is elsewhere, as in the file of the command line. */
const REFERENCE = /^\$\{\w+\}$/;

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
    masked += text.slice(from, start) + maskRest(text.slice(start, end), toMask);
    from = end;
  }
}

/**
 * A URL with something else in the places that {@link maskUrls} masks, by the name of each: that of the
 * parameter, or `credentials` for user and password.
 */
export function replaceKeys(url: string, replace: (name: string) => string): string {
  const start = url.indexOf("://") + 3;
  return url.slice(0, start) + maskRest(url.slice(start), (_value, name) => replace(name));
}

/** Whether a name says that what it stands for is a key. */
export function hasKeyName(name: string): boolean {
  return KEY_NAME.test(name);
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

/** What is to be seen in place of a value, by itself and its name. */
type Replace = (value: string, name: string) => string;

function toMask(value: string): string {
  return REFERENCE.test(value) ? value : MASK;
}

/** Masks what follows the scheme of a URL. */
function maskRest(rest: string, replace: Replace): string {
  const authority = rest.slice(0, indexOf(rest, /[/?#]/));
  const at = authority.lastIndexOf("@") + 1;
  const user = at > 0 ? `${replace(authority.slice(0, at - 1), "credentials")}@` : "";
  const behind = rest.slice(authority.length);
  const path = behind.slice(0, indexOf(behind, /[?#]/));
  const query = behind.slice(path.length, indexOf(behind, /#/));
  const fragment = behind.slice(path.length + query.length);
  const parameters = query
    .slice(1)
    .split("&")
    .map((one) => maskParameter(one, replace));
  const host = authority.slice(at);
  return user + host + path + query.slice(0, 1) + parameters.join("&") + fragment;
}

/** The whole length where there is none. */
function indexOf(text: string, expression: RegExp): number {
  const index = text.search(expression);
  return index < 0 ? text.length : index;
}

function maskParameter(parameter: string, replace: Replace): string {
  const name = parameter.slice(0, indexOf(parameter, /=/));
  const value = parameter.slice(name.length + 1);
  if (name === parameter) return isKey("", name) ? replace(name, "key") : name;
  return value !== "" && isKey(name, value) ? `${name}=${replace(value, name)}` : parameter;
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
