import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Collects everything that nothing refers to any more. */
export async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // The target of a WeakRef stays until the job is over that created or read the WeakRef.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
}
