import { parseUrl } from "./parse-url.js";

const MASK = "***";

/** The characters that end a URL within a text. */
const END = /[\s"'`<>\\]/;

/** Names of parameters whose values are keys, which let people in. */
const KEY_NAME = /key|token|secret|sig|auth|pass|pwd|credential|code/i;

/** A long value of letters and digits, which looks like a key under any name. */
const MIXED = /^[\w~.%+/=-]{16,}$/;
const LETTER = /[a-z]/i;
const DIGIT = /\d/;

/** A reference to a value that is stored elsewhere, as the file of the command line has it. */
const REFERENCE = /^\$\{\w+\}$/;

/**
 * Masks the credentials in all URLs of a text: user and password, and query values that are keys by their
 * names or their looks. It takes linear time.
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
 * Replaces the parts of a URL that {@link maskUrls} masks. Each part has the name of its parameter, or
 * `credentials` for user and password.
 */
export function replaceKeys(url: string, replace: (name: string) => string): string {
  const start = url.indexOf("://") + 3;
  return url.slice(0, start) + maskRest(url.slice(start), (_value, name) => replace(name));
}

/** Whether the name of a parameter says that its value is a key. */
export function hasKeyName(name: string): boolean {
  return KEY_NAME.test(name);
}

/** The decoded values of a URL that must stay hidden. */
export function keysOf(url: string): string[] {
  // A URL with neither has no keys, and most URLs have neither.
  const parsed = /[?@]/.test(url) ? parseUrl(url) : undefined;
  if (!parsed) return [];
  const { password, searchParams } = parsed;
  const keys = [...searchParams].filter(([name, value]) => isKey(name, value));
  return [decode(password), ...keys.map(([, value]) => value)];
}

/** Returns the text that replaces a value. */
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

/** The index of the first match, or the length of the text. */
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
