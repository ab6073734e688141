/**
 * Requests that nothing else may hold on to. Node's Request hears of the signal that it was made
 * with only as long as it is not garbage (https://github.com/nodejs/undici/issues/1926).
 */
const waiting = new Set<Request>();

/** Waits for the client to give up, and rejects with the reason; `ended` ends the wait without. */
export function untilAborted(request: Request, ended?: AbortSignal): Promise<never> {
  const { signal } = request;
  return new Promise((_resolve, reject) => {
    const stop = (): void => {
      waiting.delete(request);
      signal.removeEventListener("abort", stop);
      if (signal.aborted) reject(signal.reason as Error); // Whatever the caller aborted with.
    };
    waiting.add(request);
    signal.addEventListener("abort", stop);
    ended?.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
}
