/** A function to time; one call is one operation. */
export type Subject = () => unknown;

/** The result for one subject: ms per operation, and the ratio to the first subject. */
export interface Timing {
  readonly name: string;
  readonly milliseconds: number;
  readonly ratio: number;
}

const ROUNDS = 15;
/** How many rounds are measured before those that count. */
const WARM_UP = 5;
/** How long one subject runs in one round, in ms. */
const SLICE = 60;

/** Returns a time in ms. */
export type Clock = () => number;

/** The CPU time of this process in ms, which does not depend on the load of the machine. */
export const cpuTime: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/**
 * Times subjects side by side. Every round runs each subject, so that other load on the machine affects
 * all of them. Returns the medians of the times, and of the ratios within each round.
 */
export async function measure(
  subjects: Readonly<Record<string, Subject>>,
  rounds = ROUNDS,
  clock: Clock = () => performance.now(),
): Promise<Timing[]> {
  const entries = Object.entries(subjects);
  const times = new Map<string, number[]>(entries.map(([name]) => [name, []]));
  const counts = new Map<string, number>();
  for (const [name, subject] of entries) counts.set(name, await calibrate(subject, clock));
  // The first rounds do not count: until then, the engine still compiles code that all of them share.
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const [name, subject] of entries) {
      const count = counts.get(name) ?? 1;
      const taken = (await time(subject, count, clock)) / count;
      if (round >= 0) times.get(name)?.push(taken);
    }
  }
  const base = times.get(entries[0]?.[0] ?? "") ?? [];
  return [...times].map(([name, values]) => ({
    name,
    milliseconds: median(values),
    ratio: median(values.map((value, index) => value / (base[index] ?? NaN))),
  }));
}

/** The median of some numbers, or `NaN` if there are none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** How often a subject runs in one slice. Also warms it up. */
async function calibrate(subject: Subject, clock: Clock): Promise<number> {
  let count = 1;
  for (;;) {
    const elapsed = await time(subject, count, clock);
    if (elapsed >= SLICE) return Math.max(1, Math.round((count * SLICE) / elapsed));
    count *= 2;
  }
}

async function time(subject: Subject, count: number, clock: Clock): Promise<number> {
  const start = clock();
  for (let index = 0; index < count; index++) await subject();
  return clock() - start;
}
