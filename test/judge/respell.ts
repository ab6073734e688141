import { domainToASCII, domainToUnicode } from "node:url";

/** A way in which a server can write down a URL differently from how it was sent. */
export type Respelling =
  | "addSlash"
  | "dropSlash"
  | "lowerCase"
  | "punycode"
  | "unicode"
  | "decode"
  | "sortQuery"
  | "dropQuestionMark";

interface Parts {
  /** With its two slashes. */
  readonly scheme: string;
  /** With the port, if there is one. */
  readonly host: string;
  readonly path: string;
  /** With its question mark. */
  readonly query: string;
  /** With its hash. */
  readonly fragment: string;
}

const RESPELLINGS: Readonly<Record<Respelling, (parts: Parts) => Partial<Parts>>> = {
  addSlash: ({ path }) => ({ path: path.endsWith("/") ? path : `${path}/` }),
  dropSlash: ({ path }) => ({ path: path.replace(/\/$/, "") }),
  lowerCase: ({ scheme, host, path }) => ({
    scheme: scheme.toLowerCase(),
    host: host.toLowerCase(),
    path: path.toLowerCase(),
  }),
  punycode: ({ host }) => ({ host: respellName(host, domainToASCII) }),
  unicode: ({ host }) => ({ host: respellName(host, domainToUnicode) }),
  decode: ({ path, query }) => ({ path: decodeUnreserved(path), query: decodeUnreserved(query) }),
  sortQuery: ({ query }) =>
    query === "" ? {} : { query: `?${query.slice(1).split("&").sort().join("&")}` },
  dropQuestionMark: ({ query }) => ({ query: query === "?" ? "" : query }),
};

/** The URL as the server writes it down. The text between the changes stays as it was sent. */
export function respell(url: string, respellings: readonly Respelling[]): string {
  return respellings.reduce((text, respelling) => {
    const parts = split(text);
    return parts ? join({ ...parts, ...RESPELLINGS[respelling](parts) }) : text;
  }, url);
}

function split(url: string): Parts | undefined {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/i.exec(url);
  if (!match) return undefined;
  const [, scheme = "", host = "", path = "", query = "", fragment = ""] = match;
  return { scheme, host, path, query, fragment };
}

function join({ scheme, host, path, query, fragment }: Parts): string {
  return scheme + host + path + query + fragment;
}

function respellName(host: string, convert: (name: string) => string): string {
  return host.replace(/^[^:[]+/, convert);
}

/** Decodes what RFC 3986 calls unreserved, which means the same with and without its percent. */
function decodeUnreserved(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (code) => {
    const char = String.fromCharCode(parseInt(code.slice(1), 16));
    return /[a-z0-9._~-]/i.test(char) ? char : code;
  });
}
