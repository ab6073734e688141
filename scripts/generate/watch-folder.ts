import { once } from "node:events";
import { watch } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** One save causes several events, and "save all" causes many: wait until they have settled. */
const SETTLE_MS = 50;

/**
 * Runs the task now and after every save under the folder, one run at a time, until the signal is
 * aborted. A save during a run starts another run.
 */
export async function watchFolder(
  folder: string,
  task: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const aborted = once(signal, "abort");
  let save = expectSave();
  const watcher = watch(folder, { recursive: true }, () => {
    save.happened();
  });
  try {
    do {
      await delay(SETTLE_MS);
      save = expectSave();
      await task();
      await Promise.race([save.promise, aborted]);
    } while (!signal.aborted);
  } finally {
    watcher.close();
  }
}

interface ExpectedSave {
  promise: Promise<void>;
  happened: () => void;
}

function expectSave(): ExpectedSave {
  let happened = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    happened = resolve;
  });
  return { promise, happened };
}
