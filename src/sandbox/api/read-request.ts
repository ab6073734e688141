import { throwIfAborted } from "../../checks/aborted.js";
import type { Refusal } from "./refusal.js";
import { findOperation, type FoundOperation } from "./router.js";

/** A request that has been read to its end. */
export interface ReadRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The body; empty for none. */
  readonly text: string;
  /** What it asks for, or why there is no such thing. */
  readonly operation: FoundOperation | Refusal;
}

/** Rejects with the reason of the signal when that aborts, and as `fetch` does for a used body. */
export async function readRequest(request: Request): Promise<ReadRequest> {
  const { method, url, headers, signal } = request;
  throwIfAborted(signal);
  const text = await request.text();
  throwIfAborted(signal);
  const parsed = new URL(url);
  return { method, url: parsed, headers, text, operation: findOperation(method, parsed) };
}
