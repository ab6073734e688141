import { expect, it } from "vitest";
import { createHistory } from "../../src/sandbox/history.js";

it("keeps each added entry, and returns copies", () => {
  const history = createHistory<number>(undefined);
  history.add(1);
  const before = history.list();
  history.add(2);
  expect(before).toEqual([1]);
  expect(history.list()).toEqual([1, 2]);
});

it("calls the observer for each entry, after keeping it", () => {
  const seen: number[][] = [];
  const history = createHistory<number>(() => {
    seen.push(history.list());
  });
  history.add(1);
  history.add(2);
  expect(seen).toEqual([[1], [1, 2]]);
});

it.each([
  ["throws", () => thrown()],
  ["rejects", () => Promise.reject(new Error("a mistake of the observer"))],
])("ignores the failure of an observer that %s", (_name, observer: () => unknown) => {
  const history = createHistory<number>(observer);
  history.add(1);
  expect(history.list()).toEqual([1]);
});

function thrown(): never {
  throw new Error("a mistake of the observer");
}
