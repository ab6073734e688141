// @ts-check
import { fileURLToPath } from "node:url";
import { parentPort } from "node:worker_threads";
import { format, resolveConfig } from "prettier";

/** The prettier options of this package, whatever the working directory is. */
const options = await resolveConfig(fileURLToPath(import.meta.url), { editorconfig: true });

/** @typedef {{ id: number, name: string, code: string }} Job */

parentPort?.on("message", (/** @type {Job} */ job) => {
  void answer(job);
});

/** @param {Job} job */
async function answer({ id, name, code }) {
  try {
    parentPort?.postMessage({ id, code: await format(code, { ...options, filepath: name }) });
  } catch (error) {
    parentPort?.postMessage({ id, problem: String(error) });
  }
}
