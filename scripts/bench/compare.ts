/**
 * Measures another commit and the working tree side by side, and prints a table in Markdown that
 * marks what has grown by more than a tenth: `npm run bench:compare -- --base main`. With `--fail`,
 * it ends with code 1 where something has.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withBaseTree } from "./base-tree.js";
import { importOf, sizesOf, subjectsOf } from "./compared.js";
import { type Comparison, formatComparisons, hasGrown, readArguments } from "./comparison.js";
import { type Clock, cpuTime, measure, type Subject } from "./measure.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const { base, fail, rounds } = readArguments(process.argv.slice(2));
const comparisons = await withBaseTree(ROOT, base, async (folder) => {
  for (const tree of [folder, ROOT]) build(tree);
  return compareTrees(pathToFileURL(`${folder}/`), pathToFileURL(ROOT));
});
console.log(formatComparisons(comparisons));
if (fail && comparisons.some(hasGrown)) process.exitCode = 1;

/** The table alone goes to standard output. */
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
  // What another process computes only the clock tells.
  const imports = [importOf(from), importOf(to)] as const;
  const clock: Clock = () => performance.now();
  comparisons.push(await compareTimes("a process that imports the client", "ms", imports, clock));
  return [...comparisons, ...compareSizes(sizesOf(from), sizesOf(to))];
}

/** What seems to have grown is measured once more, since noise rarely comes twice. */
async function compareTimes(
  name: string,
  unit: "µs" | "ms",
  [base, now]: readonly [Subject, Subject],
  clock: Clock,
): Promise<Comparison> {
  const once = async (): Promise<Comparison> => {
    const [was, is] = await measure({ base, now }, rounds, clock);
    const factor = unit === "µs" ? 1_000 : 1;
    const inUnit = (milliseconds = NaN): number => milliseconds * factor;
    return {
      name,
      unit,
      base: inUnit(was?.milliseconds),
      now: inUnit(is?.milliseconds),
      ratio: is?.ratio ?? NaN,
    };
  };
  const first = await once();
  if (!hasGrown(first)) return first;
  const second = await once();
  return second.ratio < first.ratio ? second : first;
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
