import { describe, expect, it } from "vitest";
import { askAs, type Asking, EVENT, WEBHOOK_URL } from "./ask.js";
import { createJudge, type Judge, type JudgeOptions } from "./judge.js";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.js";

const SENT = "message.sent";
const CLEAN = { duplicates: [], losses: [], foreignWrites: [], standing: [], missing: [] };

interface Scene {
  readonly judge: Judge;
  readonly clock: VirtualClock;
  readonly client: Asking;
  readonly start: number;
}

function stage(options: JudgeOptions = {}): Scene {
  const clock = createVirtualClock();
  const judge = createJudge({ clock, ...options });
  judge.watch(WEBHOOK_URL, [EVENT]);
  return { judge, clock, client: askAs("a", judge), start: clock.now() };
}

describe("duplicates", () => {
  it("last as long as two rows deliver an event", async () => {
    const { judge, clock, client, start } = stage();
    await client.post();
    await clock.sleep(10);
    await client.post({ webhook_url: `${WEBHOOK_URL}#here`, events: [SENT, EVENT] });
    const duplicates = { webhookUrl: WEBHOOK_URL, event: EVENT, ids: [1, 2], from: start + 10 };
    const by = judge.requests[1];
    expect(judge.verdict().standing).toEqual([{ ...duplicates, to: undefined, by }]);
    await clock.sleep(5);
    await client.remove(2);
    const ended = [{ ...duplicates, to: start + 15, by }];
    expect(judge.verdict()).toEqual({ ...CLEAN, duplicates: ended });
  });

  it("count once, however many rows join", async () => {
    const { judge, client } = stage();
    for (let post = 0; post < 3; post += 1) await client.post();
    await client.remove(1);
    expect(judge.verdict().standing).toMatchObject([{ ids: [1, 2, 3] }]);
    await client.remove(2);
    expect(judge.verdict()).toMatchObject({ duplicates: [{ ids: [1, 2, 3] }], standing: [] });
  });

  it("are recorded even if nobody checks while they last", async () => {
    const { judge, clock, client, start } = stage({ lateWrites: { chance: 1, delay: 100 } });
    judge.addRow();
    await client.post();
    await clock.sleep(50);
    judge.set({ lateWrites: { chance: 1, delay: 90 } });
    await client.remove(1);
    await clock.sleep(10_000);
    const duplicates = [{ ids: [1, 2], from: start + 100, to: start + 140 }];
    expect(judge.verdict()).toMatchObject({ ...CLEAN, duplicates });
  });

  it.each([
    ["another event", { events: [SENT] }],
    ["another URL", { webhook_url: `${WEBHOOK_URL}/` }],
    ["no activity", { active: false }],
  ])("do not occur with %s", async (_, input) => {
    const { judge, client } = stage();
    await client.post();
    await client.post(input);
    expect(judge.verdict()).toEqual(CLEAN);
  });

  it("are found by the URL that was sent, even if the server spells it differently", async () => {
    const { judge, client } = stage({ respell: ["addSlash"] });
    await client.post();
    await client.post();
    expect(judge.verdict().standing).toMatchObject([{ ids: [1, 2] }]);
  });

  it("begin and end with a PUT", async () => {
    const { judge, client } = stage();
    await client.post();
    await client.post({ events: [SENT] });
    await client.put(2, { events: [SENT, EVENT] });
    expect(judge.verdict().standing).toHaveLength(1);
    await client.put(2, { active: false });
    expect(judge.verdict()).toMatchObject({ duplicates: [{ ids: [1, 2] }], standing: [] });
  });

  it("count while a deleted row still delivers", async () => {
    const { judge, clock, client, start } = stage({ deleteDelay: 70 });
    judge.addRow();
    judge.addRow();
    await client.remove(2);
    await clock.sleep(100);
    expect(judge.verdict().duplicates).toMatchObject([{ from: start, to: start + 70 }]);
  });

  it("begin with the watch", async () => {
    const { judge, clock, start } = stage();
    judge.addRow({ events: [SENT] });
    judge.addRow({ events: [SENT] });
    await clock.sleep(10);
    judge.watch(WEBHOOK_URL, [SENT]);
    expect(judge.verdict().duplicates).toMatchObject([
      { event: SENT, from: start + 10, by: undefined },
    ]);
  });
});

describe("losses", () => {
  it("last as long as no row delivers an event that was delivered before", async () => {
    const { judge, clock, client, start } = stage();
    await client.post();
    await client.remove(1);
    const loss = { webhookUrl: WEBHOOK_URL, event: EVENT, ids: [1], from: start };
    const by = judge.requests[1];
    const open = [{ ...loss, to: undefined, by }];
    expect(judge.verdict()).toEqual({ ...CLEAN, losses: open, missing: open });
    await clock.sleep(10);
    await client.post();
    expect(judge.verdict()).toEqual({ ...CLEAN, losses: [{ ...loss, to: start + 10, by }] });
  });

  it("do not occur before an event was delivered", async () => {
    const { judge, client } = stage();
    await client.post({ active: false });
    await client.remove(1);
    expect(judge.verdict()).toEqual(CLEAN);
  });

  it.each([
    ["another event", { events: [SENT] }],
    ["another URL", { webhook_url: "https://example.com/other" }],
    ["no activity", { active: false }],
  ])("begin with a PUT of %s", async (_, input) => {
    const { judge, client } = stage();
    await client.post();
    await client.put(1, input);
    expect(judge.verdict().missing).toMatchObject([{ event: EVENT, ids: [1] }]);
  });

  it("begin with a DELETE that leaves the row in the list", async () => {
    const { judge, client } = stage({ softDelete: true });
    judge.addRow();
    await client.remove(1);
    expect(judge.verdict().missing).toMatchObject([{ event: EVENT, ids: [1] }]);
  });

  it("do not occur while another row delivers the event", async () => {
    const { judge, client } = stage();
    await client.post();
    await client.post();
    await client.remove(1);
    expect(judge.verdict()).toMatchObject({ losses: [], missing: [] });
  });

  it("do not occur, once, when the test expects the event to be gone", async () => {
    const { judge, client } = stage();
    judge.watch(WEBHOOK_URL, [SENT]);
    await client.post({ events: [EVENT, SENT] });
    judge.expectGone(WEBHOOK_URL, [EVENT]);
    await client.remove(1);
    expect(judge.verdict().losses).toMatchObject([{ event: SENT }]);
    await client.post();
    await client.remove(2);
    expect(judge.verdict().losses).toMatchObject([{ event: SENT }, { event: EVENT }]);
  });

  it("end when the test expects them only afterwards", async () => {
    const { judge, client, start } = stage();
    await client.post();
    await client.remove(1);
    judge.expectGone(WEBHOOK_URL);
    expect(judge.verdict()).toMatchObject({ losses: [{ to: start }], missing: [] });
  });
});

describe("forgive", () => {
  it("forgets everything so far, and ignores events that are missing now", async () => {
    const { judge, client } = stage();
    judge.addRow({ foreign: true });
    judge.addRow();
    await client.remove(1);
    judge.removeRow(2);
    judge.forgive();
    expect(judge.verdict()).toEqual(CLEAN);
    await client.post();
    await client.remove(3);
    expect(judge.verdict().missing).toHaveLength(1);
  });

  it("still reports duplicates that remain", () => {
    const { judge } = stage();
    judge.addRow();
    judge.addRow();
    judge.forgive();
    expect(judge.verdict()).toMatchObject({ duplicates: [], standing: [{ ids: [1, 2] }] });
  });
});

describe("foreignWrites", () => {
  it("are all PUTs and DELETEs that are sent to a row of somebody else", async () => {
    const { judge, client } = stage({ gateway404: ["DELETE"] });
    judge.addRow({ foreign: true });
    judge.addRow();
    await client.put(1);
    await client.put(2);
    await client.remove(1);
    expect(judge.verdict().foreignWrites).toMatchObject([
      { request: { method: "PUT", client: "a", status: 200 }, row: { id: 1, foreign: true } },
      { request: { method: "DELETE", client: "a", status: 404 }, row: { id: 1 } },
    ]);
  });
});
