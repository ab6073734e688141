/** Why a signal has aborted, which is whatever it was aborted with; those of old runtimes do not tell. */
export function reasonOf(signal: AbortSignal): Error {
  const reason = signal.reason as Error | undefined;
  if (reason !== undefined) return reason;
  return Object.assign(new Error("this operation was aborted"), { name: "AbortError" });
}

/** @throws the signal's reason, once it has aborted; those of old runtimes have no such method. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw reasonOf(signal);
}
