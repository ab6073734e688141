import { Buffer } from "node:buffer";
import { visibleText } from "../../checks/visible-text.js";
import type { CommandContext } from "../command.js";
import { readStart } from "../input/read-start.js";

/** What is sent to a receiver. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** What a receiver answered. */
export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  /** Where a redirect leads, with known values hidden. */
  readonly location: string | undefined;
  /** What a person would see of the beginning of the body, with known values hidden. */
  readonly text: string;
  /** In ms, to the end of what was read. */
  readonly duration: number;
}

/** What came of a POST. */
export type Reply =
  | Answer
  | { readonly kind: "timeout"; readonly cause: unknown }
  | {
      readonly kind: "no_connection";
      /** A code such as `ECONNREFUSED`, or else what went wrong in words; undefined where nothing tells. */
      readonly reason: string | undefined;
      readonly cause: unknown;
    };

/** How much of an answer is read, in bytes. */
const MAX_ANSWER = 4_096;

/**
 * POSTs to a receiver, and follows no redirect. User and password of the URL go into a header, since
 * `fetch` takes none in a URL.
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
      // Hidden first, since a value without its tags and line breaks is no longer recognised.
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

/** `fetch` says no more than "fetch failed"; its cause has a code, or says what is wrong. */
function findReason(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return undefined;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
}
