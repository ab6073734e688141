import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** Formats files as `npm run format` would, in a separate thread. */
export interface Formatter {
  format: (name: string, code: string) => Promise<string>;
  close: () => Promise<void>;
}

/** The thread's answer to a job. */
interface Answer {
  id: number;
  code?: string;
  problem?: string;
}

/** Starts the thread, which loads prettier in parallel. It does not keep the process alive. */
export function startFormatter(): Formatter {
  const worker = new Worker(new URL("./format-worker.js", import.meta.url));
  worker.unref();
  let jobs = 0;
  return {
    format: async (name, code) => {
      const id = jobs++;
      worker.ref();
      worker.postMessage({ id, name, code });
      for (;;) {
        // Only format-worker.js sends messages, and they have this type.
        const [answer] = (await once(worker, "message")) as [Answer];
        if (answer.id !== id) continue;
        if (answer.code !== undefined) return answer.code;
        throw new Error(`${name} cannot be formatted: ${answer.problem ?? ""}`);
      }
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
