/** The reason of an aborted signal. Signals of old runtimes have none, so they get an `AbortError`. */
export function reasonOf(signal: AbortSignal): Error {
  const reason = signal.reason as Error | undefined;
  if (reason !== undefined) return reason;
  return Object.assign(new Error("this operation was aborted"), { name: "AbortError" });
}

/** Like `signal.throwIfAborted()`, which old runtimes do not have. @throws the reason of an aborted signal. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw reasonOf(signal);
}
