import { expect, it, vi } from "vitest";
import { notify } from "../../src/checks/notify.js";

it("calls the observer before it returns", () => {
  const observer = vi.fn();
  notify(observer, "a", 1);
  expect(observer.mock.calls).toEqual([["a", 1]]);
});

it("does nothing without an observer", () => {
  expect(() => {
    notify(undefined);
  }).not.toThrow();
});

it.each<[string, () => unknown]>([
  [
    "throws",
    () => {
      throw new Error("a mistake");
    },
  ],
  ["rejects", () => Promise.reject(new Error("a mistake"))],
  [
    "rejects without being a promise",
    () => ({
      then: (_done: unknown, fail: (error: Error) => void) => {
        fail(new Error("a mistake"));
      },
    }),
  ],
])("ignores an observer that %s", async (_what, observer) => {
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => void rejections.push(reason);
  process.on("unhandledRejection", note);
  notify(observer);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect(rejections).toEqual([]);
});
