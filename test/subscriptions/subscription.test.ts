import { createRedact } from "../../src/checks/redact.js";
import { describe, expect, it } from "vitest";
import { InvalidResponseError } from "../../src/errors/index.js";
import {
  isId,
  readRows,
  readSubscription,
  toShow,
  type WebhookSubscription,
} from "../../src/subscriptions/subscription.js";
import { answerOf } from "../support/answer-of.js";
import { buildSubscription } from "../support/build-subscription.js";
import { thrownBy } from "../support/rejection.js";

const FIELD = "webhook_subscriptions[2]";

const read = (value: unknown): unknown =>
  readSubscription(value, (field, expected) => answerOf(value).invalid(FIELD + field, expected));

type Field = keyof WebhookSubscription;
type Certain = "id" | "webhook_url" | "version" | "events" | "active";

/** Wrong values of each field; a field that is new in the specification is a type error here. */
const CERTAIN: Record<Certain, unknown[]> = {
  id: [0, -1, 1.5, "1", null, true, 2 ** 53],
  webhook_url: [1, null, {}, ["https://example.com"]],
  version: ["2", 2.5, null],
  events: ["message.sent", null, {}, [1], ["message.sent", null]],
  active: ["true", 1, null],
};

describe.each(Object.entries(CERTAIN))("the field %s", (name, wrong) => {
  it("must be there", () => {
    const value = buildSubscription();
    Reflect.deleteProperty(value, name);
    const error = thrownBy(() => read(value));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ field: `${FIELD}.${name}` });
  });

  it.each(wrong)("must not be %j", (value) => {
    const error = thrownBy(() => read({ ...buildSubscription(), [name]: value }));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ field: `${FIELD}.${name}` });
  });
});

const UNCERTAIN: Record<Exclude<Field, Certain>, unknown[]> = {
  secret_configured: ["true", 1],
  last_delivered_at: [1_700_000_000, {}],
  delivery_attempts: ["3", 0.5],
  created_at: [1_700_000_000],
  updated_at: [false],
};

describe.each(Object.entries(UNCERTAIN))("the field %s", (name, wrong) => {
  it("may be missing", () => {
    const value = buildSubscription();
    Reflect.deleteProperty(value, name);
    expect(read(value)).toBe(value);
  });

  it("may be null", () => {
    const value = { ...buildSubscription(), [name]: null };
    expect(read(value)).toBe(value);
  });

  it.each(wrong)("must not be %j", (value) => {
    const error = thrownBy(() => read({ ...buildSubscription(), [name]: value }));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ field: `${FIELD}.${name}` });
  });
});

const readRow = (row: unknown): unknown =>
  readRows([buildSubscription(), row], (field, expected) =>
    answerOf(row).invalid(`webhook_subscriptions${field}`, expected),
  );

describe.each(["id", "webhook_url", "events", "active"] as const)(
  "the field %s of a row",
  (name) => {
    it.each([undefined, ...CERTAIN[name]])("must not be %j", (value) => {
      const error = thrownBy(() => readRow({ ...buildSubscription(), [name]: value }));
      expect(error).toBeInstanceOf(InvalidResponseError);
      expect(error).toMatchObject({ field: `webhook_subscriptions[1].${name}` });
    });
  },
);

it.each(["version", ...Object.keys(UNCERTAIN)])("the field %s of a row may be anything", (name) => {
  for (const value of [undefined, null, "2", 0.5, true, {}, ["x"]]) {
    const row = { ...buildSubscription(), [name]: value };
    expect(readRow(row)).toEqual([buildSubscription(), row]);
  }
});

it.each([null, 1, "row", true])("refuses %j as a row", (value) => {
  const error = thrownBy(() => readRow(value));
  expect(error).toMatchObject({ field: "webhook_subscriptions[1]", expected: "an object" });
});

it.each([null, undefined, 1, "subscription", true])("refuses %j as a subscription", (value) => {
  const error = thrownBy(() => read(value));
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error).toMatchObject({ field: FIELD, expected: "an object" });
});

it("keeps fields that the specification does not know", () => {
  const value = { ...buildSubscription(), paused_by: { id: 7 } };
  expect(read(value)).toEqual(value);
});

it("accepts events that the specification does not know", () => {
  const value = buildSubscription({ events: ["message.edited", ""] });
  expect(read(value)).toBe(value);
});

it("accepts a subscription without events", () => {
  const value = buildSubscription({ events: [] });
  expect(read(value)).toBe(value);
});

it.each([
  [1, true],
  [2 ** 53 - 1, true],
  [0, false],
  [-1, false],
  [1.5, false],
  [NaN, false],
  [2 ** 53, false],
  ["1", false],
  ["..", false],
  [null, false],
])("isId returns for %j: %j", (value, expected) => {
  expect(isId(value)).toBe(expected);
});

describe("what an error shows of a subscription", () => {
  const subscription = buildSubscription({
    webhook_url: "https://example.com/?key=secret",
    secret_configured: true,
    events: ["message.sent", "secret.sent"],
  });

  it("is only its known fields, with values hidden, whatever the other fields are named", () => {
    const echoing = {
      ...subscription,
      secret: "secret",
      "a secret": { deep: "secret" },
      toString: { deep: "secret" },
      constructor: "secret",
    };
    expect(toShow([echoing], createRedact(["secret"]))).toEqual([
      {
        ...subscription,
        webhook_url: "https://example.com/?key=***",
        events: ["message.sent", "[REDACTED].sent"],
      },
    ]);
  });

  it("has values hidden in a field of another type, and no field that cannot be searched", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(50_000)}"secret"${"]".repeat(50_000)}`);
    const foreign = {
      ...subscription,
      version: { a: ["a secret", { "b secret": "secret" }] },
      created_at: [["secret"], 1],
      updated_at: deep,
    };
    // @ts-expect-error The fields of a list are passed on as they came.
    const [shown] = toShow([foreign], createRedact(["secret"]));
    expect(shown).toMatchObject({
      version: { a: ["a [REDACTED]", { "b [REDACTED]": "[REDACTED]" }] },
      created_at: [["[REDACTED]"], 1],
      updated_at: undefined,
    });
  });

  it("does not change the subscription itself", () => {
    const before = structuredClone(subscription);
    toShow([subscription], createRedact(["secret"]));
    expect(subscription).toEqual(before);
  });
});
