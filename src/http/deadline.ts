/** How long a task may take, and who may end it sooner. */
export interface Deadline {
  /** The caller's; its reason is what the task then rejects with. */
  readonly signal: AbortSignal | undefined;
  /** In ms. */
  readonly timeout: number;
  /** Makes the error for a task that has taken too long. */
  readonly onTimeout: () => Error;
}

/**
 * Runs a task until it settles, its time is up or the caller aborts, whichever is first. The task is
 * handed a signal to pass on, but is not trusted to listen to it. Nothing is left behind: no timer,
 * and no listener on the caller's signal.
 */
export async function withDeadline<T>(
  { signal, timeout, onTimeout }: Deadline,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const ended = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener("abort", () => {
      // Whatever the caller aborted with is what the caller gets back.
      reject(controller.signal.reason as Error);
    });
  });
  const forward = (): void => {
    controller.abort(signal?.reason);
  };
  signal?.addEventListener("abort", forward);
  const timer = setTimeout(() => {
    controller.abort(onTimeout());
  }, timeout);
  try {
    return await Promise.race([task(controller.signal), ended]);
  } catch (error) {
    controller.signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", forward);
  }
}
