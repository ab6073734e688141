/**
 * Keeps waiting requests from garbage collection. In Node, a collected Request no longer forwards the
 * abort of the signal it was created with (https://github.com/nodejs/undici/issues/1926).
 */
const waiting = new Set<Request>();

/** Rejects with the reason when the client gives up; `ended` ends the wait without settling. */
export function untilAborted(request: Request, ended?: AbortSignal): Promise<never> {
  const { signal } = request;
  return new Promise((_resolve, reject) => {
    const stop = (): void => {
      waiting.delete(request);
      signal.removeEventListener("abort", stop);
      if (signal.aborted) reject(signal.reason as Error); // The reason can be any value.
    };
    waiting.add(request);
    signal.addEventListener("abort", stop);
    ended?.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
}
