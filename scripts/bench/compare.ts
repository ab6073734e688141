/**
 * Measures another commit and the working tree side by side, and prints a Markdown table that marks
 * everything that grew by more than 10 %: `npm run bench:compare -- --base main`. With `--fail`, it
 * exits with 1 if anything did.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withBaseTree } from "./base-tree.js";
import { importOf, sizesOf, subjectsOf } from "./compared.js";
import { type Comparison, formatComparisons, hasGrown, readArguments } from "./comparison.js";
import { type Clock, cpuTime, measure, type Subject, type Timing } from "./measure.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const { base, fail, rounds } = readArguments(process.argv.slice(2));
const comparisons = await withBaseTree(ROOT, base, async (folder) => {
  for (const tree of [folder, ROOT]) build(tree);
  return compareTrees(pathToFileURL(`${folder}/`), pathToFileURL(ROOT));
});
console.log(formatComparisons(comparisons));
if (fail && comparisons.some(hasGrown)) process.exitCode = 1;

/** Sends the output of the build to standard error: standard output is only for the table. */
function build(cwd: string): void {
  execFileSync("npm", ["run", "--silent", "build"], { cwd, stdio: ["ignore", 2, 2] });
}

async function compareTrees(from: URL, to: URL): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  const [before, after] = [await subjectsOf(from), await subjectsOf(to)];
  for (const [name, now] of Object.entries(after)) {
    const was = before[name];
    if (was) comparisons.push(await compareTimes(name, "µs", [was, now], cpuTime));
  }
  // CPU time does not include another process, so this one needs the clock.
  const imports = [importOf(from), importOf(to)] as const;
  const clock: Clock = () => performance.now();
  comparisons.push(await compareTimes("a process that imports the client", "ms", imports, clock));
  return [...comparisons, ...compareSizes(sizesOf(from), sizesOf(to))];
}

/** Measures a subject again if it seems to have grown: noise rarely repeats. */
async function compareTimes(
  name: string,
  unit: "µs" | "ms",
  [base, now]: readonly [Subject, Subject],
  clock: Clock,
): Promise<Comparison> {
  const once = async (count: number): Promise<Comparison> => {
    // Each goes first equally often, because the order alone can affect the time.
    const [was, is] = await measure({ base, now }, count, clock);
    const [isToo, wasToo] = await measure({ now, base }, count, clock);
    const inUnit = (times: readonly (Timing | undefined)[]): number =>
      mean(times.map((timing) => timing?.milliseconds ?? NaN)) * (unit === "µs" ? 1_000 : 1);
    return {
      ...{ name, unit, base: inUnit([was, wasToo]), now: inUnit([is, isToo]) },
      ratio: mean([is?.ratio ?? NaN, 1 / (wasToo?.ratio ?? NaN)]),
    };
  };
  // Warm up the compiler of the engine for both.
  await once(2);
  const first = await once(rounds);
  if (!hasGrown(first)) return first;
  const second = await once(rounds);
  return second.ratio < first.ratio ? second : first;
}

/** The geometric mean, for which a ratio and its inverse have the same weight. */
function mean(values: readonly number[]): number {
  return values.reduce((product, value) => product * value, 1) ** (1 / values.length);
}

function compareSizes(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): Comparison[] {
  return Object.entries(after).map(([name, now]) => {
    const base = before[name] ?? NaN;
    return { name, unit: "kB", base, now, ratio: now / base };
  });
}
