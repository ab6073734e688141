import { describe, expect, it } from "vitest";
import { signBody } from "../../../src/receiver/index.js";
import { createEvent } from "../../../src/sandbox/index.js";
import { SECRET, startProgram } from "../listen-world.js";
import { findPageUrl, openPage, type PageClient, readStream } from "../page-client.js";
import { startCommand } from "../running-command.js";

const SIGNED = "--secret-env=HOOK_SECRET";

async function open(args: readonly string[] = [SIGNED]): Promise<PageClient> {
  const command = startCommand(["listen", "--port=0", ...args], {
    env: { HOOK_SECRET: SECRET },
    pageFolder: "/nonexistent",
  });
  return openPage(findPageUrl(await command.says("Ctrl-C ends it.")));
}

async function deliver({ origin }: PageClient, body: string): Promise<number> {
  const headers = { "x-webhook-signature": await signBody(body, SECRET) };
  return (await fetch(`${origin}/hook`, { method: "POST", body, headers })).status;
}

const LARGE = JSON.stringify(createEvent("message.sent", { text: "x".repeat(70_000) }));

describe("the page of a listener", () => {
  it("shows the state of the listener", async () => {
    const program = await startProgram();
    const { get } = await open([SIGNED, `--forward-to=${program.url}`]);
    expect((await get("/_/api/state")).json()).toMatchObject({
      ...{ version: 1, mode: "listen", receiverPath: "/hook", forwardTo: program.url },
      ...{ publicUrl: null, hasToken: true, hasSecret: true, faults: [], switches: [] },
    });
  });

  it("sends a signed example with the given fields", async () => {
    const page = await open();
    const order = { event: "message.received", data: { text: "from the page" } };
    const { id } = (await page.post("/_/api/example", order)).json();
    const [event] = await readStream(page, () => true);
    expect(event?.data).toMatchObject({ id, signature: "valid", outcome: "accepted", attempt: 1 });
    expect(event?.data["body"]).toContain("from the page");
  });

  it("sends the same bytes again, as another attempt", async () => {
    const page = await open();
    const { id } = (await page.post("/_/api/example", { event: "call.completed" })).json();
    const again = (await page.post("/_/api/resend", { id })).json();
    expect(again["id"]).not.toBe(id);
    const [first, second] = await readStream(page, (_event, index) => index === 1);
    expect(second?.data).toMatchObject({
      ...{ id: again["id"], attempt: 2, outcome: "duplicate" },
      ...{ body: first?.data["body"], headers: first?.data["headers"] },
    });
  });

  it("forwards a delivery again, and shows it under the same id", async () => {
    const program = await startProgram((outgoing, count) => {
      outgoing.writeHead(count === 1 ? 500 : 201).end();
    });
    const page = await open([SIGNED, `--forward-to=${program.url}`]);
    const { id } = (await page.post("/_/api/example", { event: "message.read" })).json();
    expect((await page.post("/_/api/forward", { id })).json()).toMatchObject({ status: 201 });
    const [event] = await readStream(page, () => true);
    expect(event?.data).toMatchObject({ id, status: 500, forward: { status: 201 } });
    expect(program.received.map(({ body }) => body.toString())).toEqual([
      event?.data["body"],
      event?.data["body"],
    ]);
  });

  it("shows a delivery while the program handles it", async () => {
    let finish: () => void = () => undefined;
    const program = await startProgram((outgoing) => {
      finish = () => outgoing.end();
    });
    const page = await open([SIGNED, `--forward-to=${program.url}`]);
    const sending = page.post("/_/api/example", { event: "message.read" });
    const [begun] = await readStream(page, () => true);
    expect(begun?.data).toMatchObject({ outcome: "accepted", status: null, forward: null });
    while (program.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    finish();
    await sending;
    const [ended] = await readStream(page, () => true, begun?.id);
    expect(ended?.data).toMatchObject({ id: begun?.data["id"], outcome: "forwarded", status: 200 });
  });

  it("continues where the stream broke off, and starts over after a restart", async () => {
    const page = await open();
    for (const event of ["message.sent", "message.read", "call.completed"]) {
      await page.post("/_/api/example", { event });
    }
    const all = await readStream(page, (_event, index) => index === 2);
    const names = (events: typeof all): unknown[] => events.map(({ data }) => data["event"]);
    expect(names(await readStream(page, () => true, all[1]?.id))).toEqual(["call.completed"]);
    for (const place of ["0123456789ab-2", "x", "-1", `${all[1]?.id ?? ""}x`]) {
      expect(names(await readStream(page, () => true, place))).toEqual(["message.sent"]);
    }
  });

  it("keeps 65,536 bytes of a body, and does not resend a partial body", async () => {
    const program = await startProgram();
    const page = await open([SIGNED, `--forward-to=${program.url}`]);
    expect(await deliver(page, LARGE)).toBe(200);
    expect(program.received[0]?.body.toString()).toBe(LARGE);
    const [event] = await readStream(page, ({ data }) => data["outcome"] === "forwarded");
    const { body = "", ...rest } = event?.data ?? {};
    expect(body).toBe(LARGE.slice(0, 65_536));
    expect(rest).toMatchObject({ isBodyCut: true, bodyBytes: LARGE.length });
    const order = { id: rest["id"] };
    expect(await page.post("/_/api/resend", order)).toMatchObject({ status: 409 });
    expect(await page.post("/_/api/forward", order)).toMatchObject({ status: 409 });
  });

  it("forwards no refused delivery", async () => {
    const program = await startProgram();
    const page = await open([SIGNED, `--forward-to=${program.url}`]);
    await fetch(`${page.origin}/hook`, { method: "POST", body: "{}" });
    expect(await page.post("/_/api/forward", { id: "1" })).toMatchObject({ status: 409 });
    expect((await page.post("/_/api/resend", { id: "1" })).status).toBe(200);
    expect(program.received).toEqual([]);
  });

  it.each([
    ["example", { event: "" }, 400],
    ["example", { event: "message.sent", data: [] }, 400],
    ["example", [], 400],
    ["resend", {}, 400],
    ["resend", { id: "99" }, 404],
    ["forward", { id: "__proto__" }, 404],
    ["fault", { name: "reset", isOn: "yes" }, 400],
    ["fault", { name: "reset", isOn: true }, 409],
    ["switch", { name: "twins", value: "409" }, 409],
    ["nonsense", {}, 404],
    ["constructor", {}, 404],
  ])("gets a sentence about the problem: %s %j", async (name, body, status) => {
    const page = await open();
    const answer = await page.post(`/_/api/${name}`, body);
    expect(answer.status).toBe(status);
    expect(answer.json()).toEqual({ message: expect.stringMatching(/^\S.*\.$/) as unknown });
  });

  it("streams to sixteen readers at once, and takes another when one has gone", async () => {
    const { origin, cookie } = await open();
    const end = new AbortController();
    const read = (signal?: AbortSignal): Promise<Response> =>
      fetch(`${origin}/_/api/stream`, { headers: { cookie }, ...(signal && { signal }) });
    // Kept, because Node closes the stream of a response that is collected as garbage.
    const streams: Response[] = [];
    for (let count = 0; count < 16; count++) streams.push(await read(end.signal));
    expect(streams.map(({ status }) => status)).toEqual(Array(16).fill(200));
    expect((await read()).status).toBe(503);
    end.abort();
    // The server notices it a moment later.
    let status = 503;
    while (status === 503) status = (await read()).status;
    expect(status).toBe(200);
  });

  it("is missing in some builds, which then say so", async () => {
    const { get } = await open();
    const { status, text } = await get("/_/");
    expect({ status, text }).toEqual({
      status: 404,
      text: "This build does not include the page: run `npm run build`.\n",
    });
  });
});
