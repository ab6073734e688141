import { expect, it } from "vitest";
import { runSteps, type Result, type Step } from "../../scripts/check/run-steps.js";

/** Ends a step that is running. */
type End = (result: Result) => Promise<void>;

const GOOD: Result = { isGood: true, output: "all is well\n" };
const BAD: Result = { isGood: false, output: "first line\nsecond line\n" };

function start(lanes: readonly (readonly Step[])[]): {
  readonly running: Map<string, End>;
  readonly lines: string[];
  readonly failed: Promise<string[]>;
} {
  const running = new Map<string, End>();
  const lines: string[] = [];
  let time = 0;
  const failed = runSteps(lanes, {
    run: ({ name }) =>
      new Promise((resolve) => {
        running.set(name, async (result) => {
          running.delete(name);
          resolve(result);
          // The next one begins in a later turn.
          await new Promise(setImmediate);
        });
      }),
    print: (text) => lines.push(text),
    now: () => (time += 1_500),
    atOnce: 2,
  });
  return { running, lines, failed };
}

it("runs as many lanes at once as allowed, and the steps of a lane one after another", async () => {
  const lanes = [[{ name: "a1" }, { name: "a2" }], [{ name: "b" }], [{ name: "c" }]];
  const { running, failed } = start(lanes);
  const seen: string[][] = [];
  for (const next of ["b", "a1", "c", "a2"]) {
    seen.push([...running.keys()].sort());
    await running.get(next)?.(GOOD);
  }
  expect(seen).toEqual([["a1", "b"], ["a1", "c"], ["a2", "c"], ["a2"]]);
  expect(await failed).toEqual([]);
});

it("prints how each step ended, and the output of a step that failed or has figures", async () => {
  const { running, lines, failed } = start([
    [{ name: "quiet" }, { name: "figures", shows: true }, { name: "broken" }, { name: "last" }],
  ]);
  await running.get("quiet")?.(GOOD);
  await running.get("figures")?.(GOOD);
  await running.get("broken")?.(BAD);
  await running.get("last")?.(GOOD);
  expect(await failed).toEqual(["broken"]);
  expect(lines).toEqual([
    "✓ quiet                  1.5 s",
    "✓ figures                1.5 s",
    "    all is well",
    "✗ broken                 1.5 s",
    "    first line\n    second line",
    "✓ last                   1.5 s",
  ]);
});
