import { TOKEN_HEADER } from "../../../generated/constants.js";
import type { Redact } from "../../checks/redact.js";
import type { Io } from "../io.js";
import type { Aliases } from "./aliases.js";
import { PageError } from "./page-error.js";

/** A request of the page to the API. */
export interface ApiQuestion {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** JSON, or nothing. */
  readonly body: string;
}

/** What the API has answered, with nothing secret in it. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The API that the page asks, and how. */
export interface ApiAccess {
  readonly fetch: Io["fetch"];
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string | undefined;
}

/** What the page may ask for: subscriptions, and nothing else that the token opens. */
const PATH = /^\/api\/partner\/v2\/webhook_subscriptions(\/\d{1,16})?$/;
const METHODS = ["GET", "POST", "PUT", "DELETE"];

/**
 * Headers that are about the connection, or would mean something else on this origin. All others may
 * say that a list goes on, which the client of the page has to see.
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

/** In bytes, as much as the client takes. */
const MAX_ANSWER = 10_485_760;

/** Asks the API for the page: the token is added here, and what is secret does not come through. */
export async function askApi(
  { method, path, body }: ApiQuestion,
  { fetch, baseUrl, token }: ApiAccess,
  { redact, aliases }: { readonly redact: Redact; readonly aliases: Aliases },
): Promise<ApiAnswer> {
  const [pathname = ""] = path.split("?", 1);
  if (!METHODS.includes(method) || !PATH.test(pathname)) {
    throw new PageError(404, "The page may ask for webhook subscriptions only.");
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
    throw new PageError(502, "The API redirects, which is not followed.");
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

/** Puts aliases in place of URLs, and hides what is secret in all other texts. */
function hide(text: string, redact: Redact, aliases: Aliases): string {
  const document = parse(text);
  if (document === undefined) return redact(text);
  return JSON.stringify(document, (key, value: unknown) => {
    if (typeof value !== "string") return value;
    return key === "webhook_url" ? aliases.hide(value) : redact(value);
  });
}

/** Puts URLs in place of their aliases. @throws {PageError} for what would store what is only shown. */
function reveal(text: string, aliases: Aliases): string {
  const document = parse(text);
  if (document === undefined) throw new PageError(400, "The body must be JSON.");
  return JSON.stringify(document, (key, value: unknown) => {
    if (key !== "webhook_url" || typeof value !== "string") return value;
    const url = aliases.reveal(value);
    if (url !== undefined) return url;
    throw new PageError(422, "`webhook_url` must be the URL itself, not what is shown instead.");
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
