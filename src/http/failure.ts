import { asArray, asRecord } from "./json.js";

/** What the error of a failed `fetch` says. */
export interface Failure {
  /** The most specific code, such as `ECONNREFUSED`. */
  readonly systemCode: string | undefined;
  /** False if the request was certainly not sent. */
  readonly sent: boolean;
}

/** How deep the causes of an error are followed. */
const MAX_DEPTH = 8;

/** Codes of failures before a connection is established. */
const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Codes of a refused certificate, which ends the connection before the request is sent. */
const BAD_CERTIFICATE = /^(?!ERR_SSL_).*CERT|^UNABLE_TO_|^CRL_|^HOSTNAME_MISMATCH$/;

/** The system calls that establish a connection. */
const CONNECTING: readonly unknown[] = ["connect", "getaddrinfo"];

/** Messages of the same failures in node-fetch, Bun and Deno, which do not report the system call. */
const SAYS_NOT_CONNECTED = /\bconnect E[A-Z]|Unable to connect|client error \(Connect\)/;

/**
 * Reads the error of a `fetch`. Node hides the reason one or two causes deep, behind a
 * `TypeError: fetch failed`, or in an `AggregateError` of all addresses that it tried; the deepest code
 * is the reason.
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
