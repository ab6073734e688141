import { asArray, asRecord } from "./json.js";

/** What a failed `fetch` tells of itself. */
export interface Failure {
  /** The most telling code, such as `ECONNREFUSED`. */
  readonly systemCode: string | undefined;
  /** False where the request has certainly not left. */
  readonly sent: boolean;
}

/** How far down the causes of an error are followed. */
const MAX_DEPTH = 8;

/** Codes of what fails before a connection stands. */
const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Codes of a certificate that was refused, which ends the connection before anything else is sent. */
const BAD_CERTIFICATE = /^(?!ERR_SSL_).*CERT|^UNABLE_TO_|^CRL_|^HOSTNAME_MISMATCH$/;

/** The system calls that come before a connection stands. */
const CONNECTING: readonly unknown[] = ["connect", "getaddrinfo"];

/** The same in the words of those who drop the system call: node-fetch, Bun, Deno. */
const SAYS_NOT_CONNECTED = /\bconnect E[A-Z]|Unable to connect|client error \(Connect\)/;

/**
 * Looks into the error of a `fetch`. Node hides the reason one or two causes deep, behind a
 * `TypeError: fetch failed`, or in an `AggregateError` of all addresses tried; the deepest code names it.
 */
export function readFailure(error: unknown): Failure {
  const chain = [...walk(error)];
  // Deepest first.
  const systemCode = chain.map(({ code }) => code).find((code) => typeof code === "string");
  return { systemCode: systemCode, sent: !chain.some(isBeforeSending) };
}

function* walk(error: unknown, depth = 0): Generator<Readonly<Record<string, unknown>>> {
  if (depth > MAX_DEPTH) return;
  const record = asRecord(error);
  for (const inner of [record["cause"], ...asArray(record["errors"])])
    yield* walk(inner, depth + 1);
  yield record;
}

function isBeforeSending({ code, syscall, message }: Readonly<Record<string, unknown>>): boolean {
  if (CONNECTING.includes(syscall)) return true;
  if (typeof code === "string" && (NOT_CONNECTED.has(code) || BAD_CERTIFICATE.test(code)))
    return true;
  return typeof message === "string" && SAYS_NOT_CONNECTED.test(message);
}
