import { TOKEN_HEADER } from "../../../generated/constants.js";
import type { Redact } from "../../checks/redact.js";
import type { Io } from "../io.js";
import type { Aliases } from "./aliases.js";
import { PageError } from "./page-error.js";

/** A request from the page to the API. */
export interface ApiQuestion {
  readonly method: string;
  /** The path with its query. */
  readonly path: string;
  /** A JSON text, or empty. */
  readonly body: string;
}

/** The answer of the API, with secrets redacted. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The API for the page, and how to call it. */
export interface ApiAccess {
  readonly fetch: Io["fetch"];
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string | undefined;
}

/** The page may access only subscriptions, and no other resource of the token. */
const PATH = /^\/api\/partner\/v2\/webhook_subscriptions(\/\d{1,16})?$/;
const METHODS = ["GET", "POST", "PUT", "DELETE"];

/**
 * Headers of the connection, and headers that would have another meaning on this origin. All others
 * pass, because the page's client needs any header that marks a further page of a list.
 */
const DROPPED = new Set([
  ...["connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"],
  ...["content-length", "content-encoding", "content-type", "location", "refresh", "alt-svc"],
  ...["set-cookie", "clear-site-data", "strict-transport-security", "nel", "report-to"],
]);
const DROPPED_START =
  /^(proxy-|access-control-|service-worker|content-security-policy|cross-origin)/;

/** In ms, for the whole answer. */
const TIMEOUT = 30_000;

/** In bytes, like the limit of the client. */
const MAX_ANSWER = 10_485_760;

/** Calls the API for the page. It adds the token to the request, and redacts the answer. */
export async function askApi(
  { method, path, body }: ApiQuestion,
  { fetch, baseUrl, token }: ApiAccess,
  { redact, aliases }: { readonly redact: Redact; readonly aliases: Aliases },
): Promise<ApiAnswer> {
  const [pathname = ""] = path.split("?", 1);
  if (!METHODS.includes(method) || !PATH.test(pathname)) {
    throw new PageError(404, "The page can access only webhook subscriptions.");
  }
  const response = await fetch(baseUrl + path, {
    method,
    headers: {
      accept: "application/json",
      ...(body !== "" && { "content-type": "application/json" }),
      ...(token !== undefined && { [TOKEN_HEADER]: token }),
    },
    ...(body !== "" && { body: reveal(body, aliases) }),
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT),
  }).catch(fail);
  const { status, type, headers } = response;
  if (type === "opaqueredirect" || (status >= 300 && status < 400)) {
    throw new PageError(502, "The API redirects, and the page does not follow redirects.");
  }
  return {
    status,
    headers: pickHeaders(headers, redact),
    body: hide(await readAnswer(response).catch(fail), redact, aliases),
  };
}

function fail(cause: unknown): never {
  if (cause instanceof PageError) throw cause;
  throw new PageError(502, "The API did not answer.", { cause });
}

async function readAnswer({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, length] = ["", 0];
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > MAX_ANSWER) throw new PageError(502, "The answer of the API is too large.");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function pickHeaders(headers: Headers, redact: Redact): Record<string, string> {
  const picked = [...headers].filter(([name]) => !DROPPED.has(name) && !DROPPED_START.test(name));
  return Object.fromEntries(picked.map(([name, value]) => [name, redact(value)]));
}

/** Replaces URLs with aliases, and redacts all other strings. */
function hide(text: string, redact: Redact, aliases: Aliases): string {
  const document = parse(text);
  if (document === undefined) return redact(text);
  return JSON.stringify(document, (key, value: unknown) => {
    if (typeof value !== "string") return value;
    return key === "webhook_url" ? aliases.hide(value) : redact(value);
  });
}

/** Replaces aliases with URLs. @throws {PageError} for an unknown alias, which must not be stored. */
function reveal(text: string, aliases: Aliases): string {
  const document = parse(text);
  if (document === undefined) throw new PageError(400, "The body must be JSON.");
  return JSON.stringify(document, (key, value: unknown) => {
    if (key !== "webhook_url" || typeof value !== "string") return value;
    const url = aliases.reveal(value);
    if (url !== undefined) return url;
    throw new PageError(422, "`webhook_url` must be the full URL, not the redacted form.");
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
