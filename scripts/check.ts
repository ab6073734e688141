/**
 * Runs all steps of `npm run check`, two lanes at a time, and prints the time of each. What a step
 * says is shown when it fails, and always where it is figures.
 */
import { spawn } from "node:child_process";
import { runSteps, type Result, type Step } from "./check/run-steps.js";

const AT_ONCE = 2;

/** The longest first, so that no core is idle in the end. */
const LANES: readonly (readonly Step[])[] = [
  [{ name: "check:lint" }],
  // They share the packed package, which the first of them makes.
  [{ name: "check:package" }, { name: "check:bundles" }, { name: "check:declarations" }],
  [{ name: "check:types" }],
  [{ name: "check:docs" }],
  [{ name: "check:unused" }],
  [{ name: "check:format" }],
  [{ name: "check:generated" }],
  [{ name: "check:words" }],
  [{ name: "check:page", shows: true }],
  [{ name: "size", shows: true }],
  [{ name: "check:lines", shows: true }],
];

const failed = await runSteps(LANES, {
  ...{ run, atOnce: AT_ONCE, now: () => performance.now() },
  print: (text) => {
    console.log(text);
  },
});
if (failed.length > 0) {
  console.error(`failed: ${failed.join(", ")}; npm run <name> runs one alone`);
  process.exitCode = 1;
}

function run({ name }: Step): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["run", "--silent", name], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    child.on("error", reject).on("close", (code) => {
      resolve({ isGood: code === 0, output });
    });
  });
}
