import { expect, it } from "vitest";
import {
  InvalidInputError,
  InvalidResponseError,
  LinqApiError,
  LinqConnectionError,
  type LinqError,
} from "../../src/index.js";
import type { Attempt } from "../../src/errors/request-error.js";
import { done, writeOnce } from "../../src/subscriptions/write-once.js";
import { buildSubscription } from "../support/build-subscription.js";
import { callOf } from "../support/call-of.js";
import { rejectionOf } from "../support/rejection.js";

const CONTEXT = { method: "PUT", path: "/1", attempts: [] };

function apiError(status: number): LinqApiError {
  const details = { status, errorCode: undefined, messages: [], retryAfter: undefined };
  return new LinqApiError(details, CONTEXT);
}

/** Writes once; the attempt ends like this and throws the error. */
async function fail(
  error: Error,
  attempt: Partial<Attempt>,
  { isOver = false } = {},
): Promise<Awaited<ReturnType<typeof writeOnce>>> {
  const attempts: Attempt[] = [];
  const call = callOf({ attempts, isOver: () => isOver });
  return writeOnce(call, () => {
    attempts.push({
      ...{ method: "PUT", path: "/1", attempt: 1, duration: 1 },
      ...{ status: undefined, error: undefined, systemCode: undefined, sent: true },
      ...{ retryAfter: undefined, retryDelay: undefined, ...attempt },
    });
    return Promise.reject(error);
  });
}

it("returns what was written", async () => {
  const written = done(buildSubscription());
  expect(await writeOnce(callOf(), () => Promise.resolve(written))).toBe(written);
});

const reset = new LinqConnectionError({ systemCode: "ECONNRESET" }, CONTEXT, {});

it.each<[string, LinqError, Partial<Attempt>, object]>([
  ["a reset", reset, { systemCode: "ECONNRESET" }, { end: "in doubt" }],
  ["a 500", apiError(500), { status: 500 }, { end: "in doubt" }],
  ["a 408", apiError(408), { status: 408 }, { end: "in doubt" }],
  ["a 404 to a PUT", apiError(404), { status: 404 }, { end: "refused", isConflict: true }],
  [
    "a 404 to a DELETE",
    apiError(404),
    { status: 404, method: "DELETE" },
    { end: "refused", isConflict: true },
  ],
  [
    "a 409 to a POST",
    apiError(409),
    { status: 409, method: "POST" },
    { end: "refused", isConflict: true },
  ],
  [
    "a 422 to a POST",
    apiError(422),
    { status: 422, method: "POST" },
    { end: "refused", isConflict: false },
  ],
  [
    "a wait after which its list is too old",
    apiError(429),
    { status: 429, retryDelay: 1_000 },
    { end: "postponed" },
  ],
])("reports how a write ends with %s", async (_what, error, attempt, expected) => {
  expect(await fail(error, attempt)).toEqual({ ...expected, error });
});

it.each<[string, Error, Partial<Attempt>]>([
  ["a 404 to a POST", apiError(404), { status: 404, method: "POST" }],
  ["a 409 to a PUT", apiError(409), { status: 409 }],
  ["a 401", apiError(401), { status: 401 }],
  ["a 429 that asks for too long a wait", apiError(429), { status: 429 }],
  ["an input that the server has stored differently", responseError(), { status: 200 }],
  ["a value that is not an error of ours", new TypeError("a mistake"), { status: 500 }],
])("leaves %s to the caller", async (_what, error, attempt) => {
  expect(await rejectionOf(fail(error, attempt))).toBe(error);
});

it("leaves every error to the caller when the time is over", async () => {
  const error = apiError(500);
  expect(await rejectionOf(fail(error, { status: 500 }, { isOver: true }))).toBe(error);
});

it("leaves an error to the caller if it occurs before anything is sent", async () => {
  const error = new InvalidInputError("token", "a string");
  expect(await rejectionOf(writeOnce(callOf(), () => Promise.reject(error)))).toBe(error);
});

function responseError(): InvalidResponseError {
  return new InvalidResponseError(
    { status: 200, contentType: undefined, field: "", expected: "JSON", preview: "" },
    CONTEXT,
  );
}
