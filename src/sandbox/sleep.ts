/** Waits so many ms. Rejects with the reason of the signal as soon as it aborts. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;
