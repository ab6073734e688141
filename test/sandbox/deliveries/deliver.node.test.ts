import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createSandbox, type Delivery } from "../../../src/sandbox/index.js";
import { closedUrl, startServer } from "../../support/raw-server.js";
import { subscribe } from "../call-api.js";

describe("a delivery over HTTP", () => {
  test("reaches a server byte for byte", async () => {
    const received: { headers: NodeJS.Dict<string | string[]>; body: Promise<string> }[] = [];
    const { url, requests } = await startServer((incoming, response) => {
      const body = incoming
        .setEncoding("utf8")
        .toArray()
        .then((chunks) => chunks.join(""));
      received.push({ headers: incoming.headers, body });
      response.end("ok");
    });
    const sandbox = createSandbox();
    await subscribe(sandbox, { webhook_url: `${url}/hook?a=1`, secret: "s" });
    const [delivery] = await sandbox.emit("message.received", { text: "🏡" });
    const body = (await received[0]?.body) ?? "";
    expect(requests).toEqual(["POST /hook?a=1"]);
    expect(delivery).toMatchObject({ status: 200, body });
    expect(received[0]?.headers).toMatchObject({
      "content-type": "application/json",
      "x-webhook-signature": `sha256=${createHmac("sha256", "s").update(body).digest("hex")}`,
    });
  });

  test("counts as a failed attempt when the server answers 500", async () => {
    const { url } = await startServer((_request, response) => response.writeHead(500).end());
    expect(await deliverTo(url)).toMatchObject({ status: 500, error: undefined });
  });

  test("does not follow a redirect", async () => {
    const { url, requests } = await startServer((_request, response) =>
      response.writeHead(307, { location: "/elsewhere" }).end(),
    );
    expect(await deliverTo(url)).toMatchObject({ status: 307 });
    expect(requests).toEqual(["POST /"]);
  });

  test("counts as an attempt without an answer when no server listens", async () => {
    expect(await deliverTo(await closedUrl())).toMatchObject({
      status: undefined,
      error: expect.stringContaining("ECONNREFUSED") as unknown,
    });
  });
});

async function deliverTo(webhook_url: string): Promise<Delivery | undefined> {
  const sandbox = createSandbox();
  await subscribe(sandbox, { webhook_url });
  const [delivery] = await sandbox.emit("message.received");
  expect(sandbox.subscriptions).toMatchObject([{ delivery_attempts: 1, last_delivered_at: null }]);
  return delivery;
}
