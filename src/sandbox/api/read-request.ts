import { throwIfAborted } from "../../checks/aborted.js";
import type { Refusal } from "./refusal.js";
import { findOperation, type FoundOperation } from "./router.js";

/** A request with its complete body. */
export interface ReadRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The body; empty for none. */
  readonly text: string;
  /** The operation that it calls, or why there is none. */
  readonly operation: FoundOperation | Refusal;
}

/** Rejects with the reason of the signal when it aborts, and as `fetch` does for a used body. */
export async function readRequest(request: Request): Promise<ReadRequest> {
  const { method, url, headers, signal } = request;
  throwIfAborted(signal);
  const text = await request.text();
  throwIfAborted(signal);
  const parsed = new URL(url);
  return { method, url: parsed, headers, text, operation: findOperation(method, parsed) };
}
