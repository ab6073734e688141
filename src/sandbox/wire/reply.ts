import type { Answer } from "../api/answer.js";

/** What is to be sent, in terms that a `Response` and a socket can both follow. */
export type Reply = WholeReply | BrokenReply;

interface WholeReply {
  readonly ending: "whole";
  readonly message: Message;
}

interface BrokenReply {
  /** The connection breaks, or nothing more ever comes. */
  readonly ending: "break" | "stall";
  /** Of this, half of the body is sent before; undefined for nothing at all. */
  readonly message: Message | undefined;
}

/** An HTTP response. */
export interface Message {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for none. */
  readonly body: string | undefined;
}

export function toMessage({ status, body, headers }: Answer): Message {
  if (body === undefined) return { status, headers: { ...headers }, body };
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

/** What of a broken body is sent. */
export function firstHalf(body: string): Uint8Array {
  const bytes = new TextEncoder().encode(body);
  return bytes.slice(0, Math.floor(bytes.length / 2));
}
