/** One thing that is checked. */
export interface Step {
  readonly name: string;
  /** Whether what it prints is worth reading when all is well. */
  readonly shows?: true;
}

/** How a step has ended. */
export interface Result {
  readonly isGood: boolean;
  readonly output: string;
}

/** What steps are run with. */
export interface RunStepsOptions {
  readonly run: (step: Step) => Promise<Result>;
  readonly print: (text: string) => void;
  /** In ms; only differences count. */
  readonly now: () => number;
  /** How many lanes go on side by side. */
  readonly atOnce: number;
}

/**
 * Runs lanes side by side, and the steps of one lane one after another. A step that fails does
 * not stop the others, so that one run names every problem.
 *
 * @returns the names of the steps that failed.
 */
export async function runSteps(
  lanes: readonly (readonly Step[])[],
  { run, print, now, atOnce }: RunStepsOptions,
): Promise<string[]> {
  const failed: string[] = [];
  const queue = lanes.values();
  const work = async (): Promise<void> => {
    for (const lane of queue) {
      for (const step of lane) {
        const start = now();
        const { isGood, output } = await run(step);
        if (!isGood) failed.push(step.name);
        const seconds = ((now() - start) / 1_000).toFixed(1);
        print(`${isGood ? "✓" : "✗"} ${step.name.padEnd(20)}${seconds.padStart(6)} s`);
        if (!isGood || step.shows) print(indent(output));
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return failed;
}

function indent(output: string): string {
  return output.trimEnd().replaceAll(/^(?=.)/gm, "    ");
}
