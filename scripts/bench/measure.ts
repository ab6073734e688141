/** Something to be timed; it is called once per operation. */
export type Subject = () => unknown;

/** How one subject did: ms per operation, and how many times as long as the first one. */
export interface Timing {
  readonly name: string;
  readonly milliseconds: number;
  readonly ratio: number;
}

const ROUNDS = 15;
/** How long one subject runs in one round, in ms. */
const SLICE = 60;

/** Tells a time, in ms. */
export type Clock = () => number;

/** How long this process has computed, whatever else the machine has done meanwhile, in ms. */
export const cpuTime: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/**
 * Times subjects side by side: in every round each has its turn, so that whatever else the machine
 * does falls on all of them; medians of the rounds, and of the ratios within each round.
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
  for (let round = 0; round < rounds; round++) {
    for (const [name, subject] of entries) {
      const count = counts.get(name) ?? 1;
      times.get(name)?.push((await time(subject, count, clock)) / count);
    }
  }
  const base = times.get(entries[0]?.[0] ?? "") ?? [];
  return [...times].map(([name, values]) => ({
    name,
    milliseconds: median(values),
    ratio: median(values.map((value, index) => value / (base[index] ?? NaN))),
  }));
}

/** The middle one of some numbers. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** How often a subject runs in one slice; warms it up besides. */
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
