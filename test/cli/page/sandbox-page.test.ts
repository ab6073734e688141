import { describe, expect, it } from "vitest";
import { createLinqClient, type LinqClient } from "../../../src/index.js";
import { serveReceiver } from "../../frameworks/serve-receiver.js";
import { startProgram } from "../listen-world.js";
import { findPageUrl, openPage, type PageClient, readStream } from "../page-client.js";
import { startCommand } from "../running-command.js";

interface World {
  readonly baseUrl: string;
  readonly page: PageClient;
  readonly linq: LinqClient;
  readonly says: (text: string) => Promise<string>;
}

async function open(): Promise<World> {
  const { says } = startCommand(["sandbox", "--port=0", "--ui"]);
  const written = await says("Ctrl-C ends it.");
  const [, baseUrl = ""] = /LINQ_BASE_URL=(\S+)/.exec(written) ?? [];
  const page = await openPage(findPageUrl(written));
  const linq = createLinqClient({ token: "any-token", baseUrl, maxRetries: 0 });
  return { baseUrl, page, linq, says };
}

describe("the page of a sandbox", () => {
  it("is served on the port of the sandbox, and accepts no deliveries", async () => {
    const { baseUrl, page } = await open();
    expect(page.origin).toBe(baseUrl);
    expect((await page.get("/_/api/state")).json()).toMatchObject({
      ...{ mode: "sandbox", receiverPath: "", hasToken: true },
      faults: expect.arrayContaining([{ name: "reset", isOn: false }]) as unknown,
      switches: expect.arrayContaining([
        { name: "twins", value: "accept", kind: "choice", choices: ["accept", "409", "422"] },
        { name: "pageSize", value: null, kind: "number" },
        { name: "activeDefault", value: true, kind: "boolean" },
      ]) as unknown,
    });
    expect((await fetch(`${page.origin}/hook`, { method: "POST" })).status).toBe(404);
  });

  it("works with the subscriptions of the sandbox, and shows each request", async () => {
    const { page, linq } = await open();
    await linq.webhookSubscriptions.list();
    const path = "/_/linq/api/partner/v2/webhook_subscriptions";
    const webhook_subscription = {
      ...{ webhook_url: "https://example.com/hook", events: ["message.sent"], version: 2 },
    };
    expect((await page.post(path, { webhook_subscription })).status).toBe(201);
    const events = await readStream(page, (_event, index) => index === 1);
    expect(events.map(({ event, data }) => ({ event, ...data }))).toMatchObject([
      { event: "request", method: "GET", status: 200, fault: null },
      { event: "request", method: "POST", status: 201, fault: null },
    ]);
  });

  it("sends examples to the subscriptions, shows the outcome, and sends them again", async () => {
    const { page, linq } = await open();
    const program = await startProgram((outgoing, count) => {
      outgoing.writeHead(count === 1 ? 500 : 200).end();
    });
    const example = { event: "message.received", data: { text: "hello" } };
    expect((await page.post("/_/api/example", example)).status).toBe(409);
    await linq.webhookSubscriptions.ensure({
      webhook_url: program.url,
      events: ["message.received"],
      secret: "a secret of the test",
    });
    const { id } = (await page.post("/_/api/example", example)).json();
    await page.post("/_/api/resend", { id });
    const events = await readStream(page, ({ data }) => data["status"] === 200 && "from" in data);
    expect(
      events.filter(({ event }) => event === "delivery").map(({ data }) => data),
    ).toMatchObject([
      { id, url: program.url, status: 500, outcome: "failed", attempt: 1, signature: "valid" },
      { url: program.url, status: 200, outcome: "sent", attempt: 2, from: "+13125550187" },
    ]);
    const [first, second] = program.received;
    expect(second?.body.toString()).toBe(first?.body.toString());
    expect(JSON.stringify(events)).not.toContain("a secret of the test");
  });

  it("says why a delivery has no answer", async () => {
    const { page, linq } = await open();
    const { url } = await serveReceiver({ fetch: () => Promise.resolve(Response.error()) });
    const webhook_url = url.replace(/:\d+/, ":9");
    await linq.webhookSubscriptions.ensure({ webhook_url, events: ["message.sent"] });
    await page.post("/_/api/example", { event: "message.sent" });
    const events = await readStream(page, ({ event }) => event === "delivery");
    expect(events.at(-1)?.data).toMatchObject({
      ...{ status: null, outcome: "failed", signature: "missing" },
      forward: { status: null, error: expect.stringContaining("fetch failed") as unknown },
    });
  });

  it("turns faults on and off", async () => {
    const { page, linq } = await open();
    const list = (): Promise<unknown> => linq.webhookSubscriptions.list();
    for (let round = 0; round < 2; round++) {
      const on = await page.post("/_/api/fault", { name: "html 502", isOn: true });
      expect(on.json()["faults"]).toContainEqual({ name: "html 502", isOn: true });
      await expect(list()).rejects.toMatchObject({ status: 502 });
      await expect(list()).rejects.toMatchObject({ status: 502 });
      await page.post("/_/api/fault", { name: "html 502", isOn: false });
      await expect(list()).resolves.toEqual([]);
    }
  });

  it("offers no fault that the sandbox refuses", async () => {
    const { page } = await open();
    const { faults } = (await page.get("/_/api/state")).json() as { faults: { name: string }[] };
    expect(faults.length).toBeGreaterThan(10);
    for (const { name } of faults) {
      expect((await page.post("/_/api/fault", { name, isOn: true })).status).toBe(200);
    }
  });

  it("sets switches, informs every reader, and treats null as the default", async () => {
    const { page } = await open();
    expect((await page.post("/_/api/switch", { name: "pageSize", value: 2 })).status).toBe(200);
    expect((await page.post("/_/api/switch", { name: "twins", value: "409" })).status).toBe(200);
    const { switches } = (
      await page.post("/_/api/switch", { name: "pageSize", value: null })
    ).json();
    expect(switches).toContainEqual({ name: "pageSize", value: null, kind: "number" });
    const [event] = await readStream(page, () => true);
    expect(event).toMatchObject({ event: "state", data: { switches } });
  });

  it.each([
    ["fault", { name: "nonsense", isOn: true }, 404],
    ["fault", { name: "__proto__", isOn: true }, 404],
    ["switch", { name: "storedUrl", value: "x" }, 404],
    ["switch", { name: "constructor", value: "x" }, 404],
    ["switch", { name: "twins", value: "maybe" }, 422],
    ["switch", { name: "redelivery", value: "many" }, 422],
    ["example", { event: "message.snet" }, 404],
    ["resend", { id: "7" }, 404],
    ["forward", { id: "7" }, 409],
  ])("gets a sentence about the problem: %s %j", async (name, body, status) => {
    const { page } = await open();
    const answer = await page.post(`/_/api/${name}`, body);
    expect(answer.status).toBe(status);
    expect(answer.json()).toEqual({ message: expect.stringMatching(/^\S.*\.$/) as unknown });
  });
});
