import { vi } from "vitest";
import { createReceiver } from "../../src/receiver/create-receiver.js";
import type { Receiver, ReceiverOptions } from "../../src/receiver/receiver.js";
import { SECRET } from "./delivery.js";
import { createGate, type Gate } from "./gate.js";

export interface Slow {
  readonly receiver: Receiver;
  /** What the handler waits for. */
  readonly gate: Gate;
  readonly handler: ReturnType<typeof vi.fn>;
  readonly onError: ReturnType<typeof vi.fn>;
}

/** A receiver whose handler runs until the test ends it. */
export function createSlow(options: Partial<ReceiverOptions> = {}): Slow {
  const gate = createGate();
  const handler = vi.fn(() => gate.passed);
  const onError = vi.fn();
  const on = { "message.read": handler };
  const receiver = createReceiver({ secret: SECRET, on, onError, ...options });
  return { receiver, gate, handler, onError };
}

/** Records the result of a promise as soon as there is one. */
export function watch<Result>(promise: Promise<Result>): { readonly results: Result[] } {
  const results: Result[] = [];
  void promise.then((result) => results.push(result));
  return { results };
}
