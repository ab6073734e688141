import { expect, it } from "vitest";
import {
  backOff,
  LONGEST_PAUSE,
  MAX_LOOK_AGE,
  patience,
  SETTLING_TIME,
} from "../../src/subscriptions/pauses.js";

/** All pauses until patience ends. */
function pausesOf(random: number): number[] {
  const pauses: number[] = [];
  for (let nth = 0; ; nth++) {
    const pause = patience(nth, random);
    if (pause === undefined) return pauses;
    pauses.push(pause);
  }
}

it("waits for a list as long as a write may take, with a few growing pauses", () => {
  for (const random of [0, 0.5, 1]) {
    const pauses = pausesOf(random);
    expect(pauses.reduce((sum, pause) => sum + pause)).toBeGreaterThanOrEqual(LONGEST_PAUSE);
    expect(pauses.length).toBeLessThanOrEqual(6);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  }
  expect(pausesOf(1).map((pause, nth) => pause / (pausesOf(0)[nth] ?? 0))).toEqual(
    pausesOf(0).map(() => 1.25),
  );
});

it("backs off for a random time that at most doubles each round, up to a limit", () => {
  expect([0, 1, 2, 3].map((round) => backOff(round, 1))).toEqual([50, 100, 200, 400]);
  expect(backOff(60, 1)).toBe(2_000);
  expect(backOff(60, 0)).toBe(0);
});

it("the settling time is longer than the maximum age of a list on which a write may rest", () => {
  expect(SETTLING_TIME).toBeGreaterThan(MAX_LOOK_AGE);
});
