import { describe, expect, it } from "vitest";
import { createFilter } from "../../src/page/deliveries/filter-deliveries.js";
import { parseBody, write } from "../../src/page/deliveries/parse-body.js";
import { fillExample } from "../../src/page/example/fill-example.js";
import { createDeliveryLog } from "../../src/page/live/delivery-log.js";
import { createTally } from "../../src/page/live/tally.js";
import { buildDelivery } from "./fake-server.js";

describe("the deliveries that are kept", () => {
  it("are the newest 1,000", () => {
    const log = createDeliveryLog();
    for (let id = 0; id < 1_500; id++) log.add(buildDelivery({ id: String(id) }));
    expect(log.list()).toHaveLength(1_000);
    expect(log.list()[0]?.id).toBe("1499");
    expect(log.get("499")).toBeUndefined();
    expect(log.total()).toBe(1_500);
  });

  it("are fewer if they are large, but at least one", () => {
    const log = createDeliveryLog();
    const body = "x".repeat(10_000_000);
    for (const id of ["1", "2", "3", "4"]) log.add(buildDelivery({ id, body }));
    expect(log.list().map(({ id }) => id)).toEqual(["4", "3", "2"]);
    log.add(buildDelivery({ id: "5", body: body.repeat(4) }));
    expect(log.list().map(({ id }) => id)).toEqual(["5"]);
  });

  it("keep their place when they are delivered again", () => {
    const log = createDeliveryLog();
    for (const id of ["1", "2", "1"]) log.add(buildDelivery({ id }));
    expect(log.list().map(({ id }) => id)).toEqual(["2", "1"]);
    expect(log.total()).toBe(2);
  });
});

describe("the bars", () => {
  it.each([
    [30, 1],
    [100, 5],
    [3_000, 300],
    [400_000, 21_600],
  ])("of %i s are %i s long each", (span, length) => {
    const tally = createTally();
    tally.count(1_000_000_000, "accepted", undefined);
    tally.count(1_000_000_000 + span * 1_000, "failed", undefined);
    const bars = tally.bars();
    expect(bars).toHaveLength(40);
    expect(bars[0]?.length).toBe(length * 1_000);
    expect(bars.at(-1)?.counts).toEqual({ failed: 1 });
    expect(bars.filter(({ counts }) => counts.accepted === 1)).toHaveLength(1);
  });

  it("count a delivery once, with its last outcome, and ignore an invalid time", () => {
    const tally = createTally();
    tally.count(Number.NaN, "failed", undefined);
    expect(tally.bars()).toEqual([]);
    tally.count(5_000, "failed", undefined);
    tally.count(5_000, "forwarded", "failed");
    expect(tally.bars().at(-1)?.counts).toEqual({ failed: 0, forwarded: 1 });
  });
});

describe("the filter", () => {
  it.each([
    [{ text: "NEEDLE" }, true],
    [{ text: "x-webhook" }, true],
    [{ text: "event-1" }, true],
    [{ text: "nowhere" }, false],
    [{ outcome: "failed" }, false],
    [{ outcome: "accepted", event: "message.received", text: " needle " }, true],
    [{ event: "message.sent" }, false],
  ])("%j", (filter, isShown) => {
    const fits = createFilter({ outcome: "", event: "", text: "", ...filter });
    const delivery = buildDelivery({ id: "1", body: "a needle" });
    expect([fits(delivery), fits(delivery)]).toEqual([isShown, isShown]);
  });
});

describe("a payload", () => {
  it.each(['"a\\nb"', "true", "null", "{}", "[]", "12"])("keeps %s as it was written", (text) => {
    const value = parseBody(text);
    expect(value === undefined ? "" : write(value)).toBe(text);
  });

  it.each(["", "no JSON", "{", "[".repeat(100_000)])("that is not JSON is undefined", (text) => {
    expect(parseBody(text)).toBeUndefined();
  });
});

describe("the data of an example", () => {
  const form = {
    data: { text: "a", count: 1, gone: null, list: [{ id: "x" }] },
    fields: ["text", "count", "gone", "list.0.id", "new.deep"].map((path) => ({
      path,
      type: path === "count" ? ("integer" as const) : ("string" as const),
      isRequired: false,
    })),
  };
  const entries = { text: "a", count: "1", gone: "", "list.0.id": "x", "new.deep": "" };

  it.each([
    [{}, form.data],
    [{ text: "" }, { ...form.data, text: "" }],
    [{ count: "" }, { text: "a", gone: null, list: [{ id: "x" }] }],
    [{ count: "2" }, { ...form.data, count: 2 }],
    [{ count: "two" }, { ...form.data, count: "two" }],
    [{ gone: "there" }, { ...form.data, gone: "there" }],
    [{ "list.0.id": "y" }, { ...form.data, list: [{ id: "y" }] }],
    [{ "new.deep": "z" }, { ...form.data, new: { deep: "z" } }],
  ])("with %j", (changes, data) => {
    expect(JSON.parse(JSON.stringify(fillExample(form, { ...entries, ...changes })))).toEqual(data);
  });
});
