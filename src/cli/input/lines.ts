import type { Input } from "../io.js";

/** Reads standard input line by line. */
export interface Lines {
  /** Whether standard input is a terminal. */
  readonly isTTY: boolean;
  /**
   * Resolves to the next line, without its Unix or Windows line break; undefined after the last one.
   * Rejects with the signal's reason when the signal aborts.
   */
  readonly next: (signal: AbortSignal) => Promise<string | undefined>;
}

/** Calls `input` and reads from it only on the first use. */
export function createLines(input: () => Input): Lines {
  let chunks: AsyncIterator<Uint8Array | string> | undefined;
  let rest = "";
  let isEnded = false;
  const decoder = new TextDecoder();
  const toText = (chunk: Uint8Array | string): string =>
    typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });

  return {
    get isTTY() {
      return input().isTTY === true;
    },
    next: async (signal) => {
      chunks ??= input()[Symbol.asyncIterator]();
      while (!isEnded && !rest.includes("\n")) {
        const next = await orAborted(chunks.next(), signal);
        isEnded = next.done === true;
        rest += next.done === true ? decoder.decode() : toText(next.value);
      }
      if (rest === "") return undefined;
      const [line = ""] = rest.split("\n", 1);
      rest = rest.slice(line.length + 1);
      return line.replace(/\r$/, "");
    },
  };
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", abort);
    });
  });
}
