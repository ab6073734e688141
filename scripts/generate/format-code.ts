import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** Formats files as `npm run format` would, in a thread of its own. */
export interface Formatter {
  format: (name: string, code: string) => Promise<string>;
  close: () => Promise<void>;
}

/** What the thread answers to a job. */
interface Answer {
  id: number;
  code?: string;
  problem?: string;
}

/** Starts the thread, which loads prettier while others compile. It keeps no process alive. */
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
        // The only messages are those of the worker beside this file.
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
