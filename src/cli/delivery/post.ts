import { Buffer } from "node:buffer";
import { visibleText } from "../../checks/visible-text.js";
import type { CommandContext } from "../command.js";
import { readStart } from "../input/read-start.js";

/** The request to a receiver. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** The answer of a receiver. */
export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  /** The target of a redirect, with known secrets redacted. */
  readonly location: string | undefined;
  /** The visible text of the start of the body, with known secrets redacted. */
  readonly text: string;
  /** In ms, from the request to the last byte that was read. */
  readonly duration: number;
}

/** The result of a POST. */
export type Reply =
  | Answer
  | { readonly kind: "timeout"; readonly cause: unknown }
  | {
      readonly kind: "no_connection";
      /** A code such as `ECONNREFUSED`, or the message of the error; undefined if there is neither. */
      readonly reason: string | undefined;
      readonly cause: unknown;
    };

/** The maximum size of an answer to read, in bytes. */
const MAX_ANSWER = 4_096;

/**
 * POSTs to a receiver without following redirects. It moves the user and password of the URL to a
 * header, because `fetch` rejects a URL with credentials.
 *
 * @param timeout - how long to wait for the answer, in ms.
 * @throws the reason of the signal, when the command is interrupted.
 */
export async function post(
  { io: { fetch, now, signal }, redact }: Pick<CommandContext, "io" | "redact">,
  to: string,
  { headers, body }: Message,
  timeout: number,
): Promise<Reply> {
  const deadline = AbortSignal.timeout(timeout);
  const { href, authorization } = splitCredentials(to);
  const start = now();
  try {
    const response = await fetch(href, {
      method: "POST",
      headers: { ...headers, ...authorization },
      body,
      redirect: "manual",
      signal: AbortSignal.any([signal, deadline]),
    });
    const said = await readStart(response.body, MAX_ANSWER);
    signal.throwIfAborted();
    const location = response.headers.get("location");
    return {
      kind: "answer",
      status: response.status,
      location: location === null ? undefined : redact(location),
      // Redacted first: without tags and line breaks a secret would no longer be recognised.
      text: visibleText(redact(said)),
      duration: now() - start,
    };
  } catch (cause) {
    signal.throwIfAborted();
    if (deadline.aborted) return { kind: "timeout", cause };
    return { kind: "no_connection", reason: findReason(cause), cause };
  }
}

function splitCredentials(to: string): {
  href: string;
  authorization: { authorization?: string };
} {
  const url = new URL(to);
  if (url.username === "" && url.password === "") return { href: to, authorization: {} };
  const credentials = `${decode(url.username)}:${decode(url.password)}`;
  url.username = "";
  url.password = "";
  const encoded = Buffer.from(credentials).toString("base64");
  return { href: url.href, authorization: { authorization: `Basic ${encoded}` } };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The message of `fetch` is only "fetch failed"; its cause has a code or a better message. */
function findReason(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return undefined;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
}
