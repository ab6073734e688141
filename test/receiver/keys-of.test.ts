import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { LinqEvent } from "../../src/receiver/event.js";
import { keysOf } from "../../src/receiver/keys-of.js";
import { parseEvent } from "../../src/receiver/parse-event.js";
import { rejectionOf } from "../support/rejection.js";
import { writeEvent } from "./delivery.js";

/** The keys of an event with these fields. */
async function keys(
  fields: Readonly<Record<string, unknown>>,
  dedupeKey?: (event: LinqEvent) => string | undefined,
  namespace = "linq:v2",
): Promise<readonly string[]> {
  const text = writeEvent(fields);
  const body = new TextEncoder().encode(text);
  return keysOf(parseEvent(text), body, { namespace, dedupeKey });
}

describe("the keys of an event", () => {
  test.each([
    ["text", "wh_evt_1", "linq:v2:message.read:wh_evt_1"],
    ["a number", 7, "linq:v2:message.read:7"],
    ["zero", 0, "linq:v2:message.read:0"],
    ["text with colons and spaces", "a: b", "linq:v2:message.read:a: b"],
    ["the name of a member of every object", "__proto__", "linq:v2:message.read:__proto__"],
  ])("consist of the type and the id when the id is %s", async (_name, event_id, key) => {
    expect(await keys({ event_id })).toEqual([key]);
  });

  test("differ for events of two types that share an id", async () => {
    const [sent] = await keys({ event_id: "wh_evt_1", event_type: "message.sent" });
    const [received] = await keys({ event_id: "wh_evt_1", event_type: "message.received" });
    expect(sent).not.toBe(received);
  });

  test("differ for events whose types and ids contain colons", async () => {
    const pairs = [
      ["a:b", "c"],
      ["a", "b:c"],
      ["a%3Ab", "c"],
      ["a", ":b:c"],
      ["a:", "b:c"],
    ] as const;
    const all = await Promise.all(
      pairs.map(([event_type, event_id]) => keys({ event_type, event_id })),
    );
    // A second name is not an event.
    const seconds = await keys({ event_type: "a", event_id: "b" }, () => "a:b");
    expect(new Set([...all, seconds].flat()).size).toBe(pairs.length + 2);
  });

  test("differ for numeric ids that JavaScript cannot distinguish", async () => {
    const keysAt = async (id: string): Promise<readonly string[]> => {
      const text = `{"event_type":"message.read","event_id":${id},"data":{}}`;
      const options = { namespace: "n", dedupeKey: undefined };
      return keysOf(parseEvent(text), new TextEncoder().encode(text), options);
    };
    expect(await keysAt("9007199254740993")).not.toEqual(await keysAt("9007199254740992"));
    expect(await keysAt("9007199254740993")).toEqual(await keysAt("9007199254740993"));
    expect(await keysAt("9007199254740991")).toEqual(["n:message.read:9007199254740991"]);
  });

  test("are short, however long the type and the id are", async () => {
    const [one] = await keys({ event_id: "x".repeat(500_000) });
    const [two] = await keys({ event_id: `${"x".repeat(499_999)}y` });
    const [three] = await keys({ event_type: "t".repeat(500_000) });
    for (const key of [one, two, three]) expect(key?.length).toBeLessThan(200);
    expect(new Set([one, two, three]).size).toBe(3);
    expect(await keys({ event_id: "x".repeat(500_000) })).toEqual([one]);
  });

  test("begin with the namespace", async () => {
    expect(await keys({}, () => "k", "eu")).toEqual(["eu:message.read:wh_evt_1", "eu::k"]);
  });

  test.each([undefined, null, "", true, {}, ["wh_evt_1"]])(
    "are made from the bytes of the body when the id is %j",
    async (event_id) => {
      const body = writeEvent({ event_id });
      const digest = createHash("sha256").update(body).digest("base64");
      expect(await keys({ event_id })).toEqual([`linq:v2:message.read:${digest}`]);
    },
  );

  test("differ for different bodies without an id", async () => {
    const [one] = await keys({ event_id: undefined, data: { id: 1 } });
    const [two] = await keys({ event_id: undefined, data: { id: 2 } });
    expect(one).not.toBe(two);
  });

  test("include a second key for the name from `dedupeKey`", async () => {
    const dedupeKey = (event: LinqEvent): string => String(event.raw.data["id"]);
    expect(await keys({ data: { id: "m9" } }, dedupeKey)).toEqual([
      "linq:v2:message.read:wh_evt_1",
      "linq:v2::m9",
    ]);
  });

  // With a second key for these, events that have nothing in common would count as one.
  test.each([undefined, null, "", {}, Promise.resolve("m9"), NaN])(
    "include no second key for %o",
    async (name) => {
      expect(await keys({}, () => name as string)).toEqual(["linq:v2:message.read:wh_evt_1"]);
    },
  );

  test("reject with the error that `dedupeKey` throws", async () => {
    const error = new Error("no name");
    const dedupeKey = (): never => {
      throw error;
    };
    expect(await rejectionOf(keys({}, dedupeKey))).toBe(error);
  });
});
