import { Buffer } from "node:buffer";
import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { Header } from "../page/protocol.js";
import { readBytes } from "../server/read-bytes.js";
import type { Arrival } from "./arrival.js";
import { listPassedOn } from "./passed-on.js";

/** The result of forwarding a delivery to the program. */
export type Forwarded =
  | {
      readonly status: number;
      readonly headers: readonly Header[];
      readonly body: Uint8Array;
      /** In ms. */
      readonly duration: number;
    }
  | {
      readonly status: null;
      readonly duration: number;
      /** The reason why the program did not answer. */
      readonly error: string;
    };

/** Forwards a delivery. It never rejects. */
export type Forward = (arrival: Arrival) => Promise<Forwarded>;

/** In bytes; Linq looks only at the status. */
const MAX_ANSWER = 1_048_576;

/**
 * Forwards deliveries to a program: the exact bytes, with their headers.
 *
 * @param timeout - how long the program may take until the end of its answer, in ms.
 * @param end - aborts pending requests when the command ends.
 */
export function createForward(target: URL, timeout: number, end: AbortSignal): Forward {
  return async ({ headers, body = Buffer.alloc(0) }) => {
    const start = performance.now();
    const took = (): number => Math.round(performance.now() - start);
    const deadline = AbortSignal.timeout(timeout);
    const signal = AbortSignal.any([deadline, end]);
    try {
      const answer = await send(target, headers, body, signal);
      const said = await readBytes(answer, MAX_ANSWER);
      return {
        // An answer always has a status.
        status: answer.statusCode ?? 502,
        headers: listPassedOn(pairsOf(answer.rawHeaders)),
        body: said ?? new Uint8Array(),
        duration: took(),
      };
    } catch (error) {
      const reason = deadline.aborted ? `no answer within ${timeout / 1000} s` : describe(error);
      return { status: null, duration: took(), error: reason };
    }
  };
}

function send(
  target: URL,
  headers: readonly Header[],
  body: Buffer,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const request = target.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = request(target, {
      method: "POST",
      // A flat list keeps the spelling and the order of the names.
      headers: [
        ...["Host", target.host],
        ...listPassedOn(headers).flat(),
        ...["Content-Length", String(body.length)],
      ],
      signal,
    });
    outgoing.once("response", resolve);
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

function pairsOf(raw: readonly string[]): Header[] {
  return raw.flatMap((name, index): Header[] =>
    index % 2 === 0 ? [[name, raw[index + 1] ?? ""]] : [],
  );
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the program is not running there (ECONNREFUSED)",
  ECONNRESET: "the program closed the connection (ECONNRESET)",
  ENOTFOUND: "the host does not exist (ENOTFOUND)",
};

function describe(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  return WORDS[code] ?? `no answer (${code})`;
}
