import type { Call } from "../../src/http/call.js";
import { createRedact } from "../../src/checks/redact.js";

/** A call to which nothing has happened yet, except for what the test is about. */
export function callOf(over: Partial<Call> = {}): Call {
  const hidden = new Set<string>();
  return {
    isOver: () => false,
    onEnd: () => () => undefined,
    throwIfOver: () => undefined,
    getSignal: () => new AbortController().signal,
    timeout: 1_000,
    totalTimeout: 120_000,
    maxRetries: 2,
    repeatsPost: true,
    attempts: [],
    hide: (value) => void hidden.add(value),
    redact: (text) => createRedact(hidden)(text),
    ...over,
  };
}
