import type { Answer } from "../api/answer.js";

/** A reply in a form that fits both a `Response` and a socket. */
export type Reply = WholeReply | BrokenReply;

interface WholeReply {
  readonly ending: "whole";
  readonly message: Message;
}

interface BrokenReply {
  /** The connection breaks, or stays open without further data. */
  readonly ending: "break" | "stall";
  /** The message whose headers and half of whose body are sent before that; undefined for nothing. */
  readonly message: Message | undefined;
}

/** An HTTP response. */
export interface Message {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body; undefined for none. */
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

/** The part of a broken body that is sent. */
export function firstHalf(body: string): Uint8Array {
  const bytes = new TextEncoder().encode(body);
  return bytes.slice(0, Math.floor(bytes.length / 2));
}
