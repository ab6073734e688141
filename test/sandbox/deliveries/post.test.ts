import { describe, expect, test } from "vitest";
import { createSandbox } from "../../../src/sandbox/index.js";
import { HOOK, subscribe } from "../call-api.js";

describe("a delivery", () => {
  test.each([HOOK, `${HOOK}#part`, "HTTPS://EXAMPLE.com:443/a/../hook"])(
    "to %s goes to the receiver of that URL, not to the network",
    async (webhook_url) => {
      const urls: string[] = [];
      const sandbox = createSandbox({
        receivers: {
          [`${HOOK}#other`]: ({ method, url }) => {
            urls.push(`${method} ${url}`);
            return new Response(null, { status: 202 });
          },
        },
        fetch: () => Promise.reject(new Error("unexpected")),
      });
      await subscribe(sandbox, { webhook_url });
      expect(await sandbox.emit("message.received")).toMatchObject([
        { status: 202, url: webhook_url },
      ]);
      expect(urls).toEqual([`POST ${new URL(webhook_url).href}`]);
    },
  );

  test("to another URL goes through the fetch of the options", async () => {
    const sent: string[] = [];
    const sandbox = createSandbox({
      receivers: { [HOOK]: () => new Response() },
      fetch: async (input, init) => {
        const request = new Request(input, init);
        sent.push(`${request.method} ${request.url} ${await request.text()}`);
        return new Response();
      },
    });
    await subscribe(sandbox, { webhook_url: `${HOOK}/other` });
    const [delivery] = await sandbox.emit("message.received");
    expect(sent).toEqual([`POST ${HOOK}/other ${delivery?.body ?? ""}`]);
  });

  test.each([
    [
      "throws",
      () => {
        throw new Error("broken receiver");
      },
    ],
    ["rejects", () => Promise.reject(new Error("broken receiver"))],
  ])("fails when the receiver %s", async (_name, receiver) => {
    const sandbox = createSandbox({ receivers: { [HOOK]: receiver } });
    await subscribe(sandbox);
    expect(await sandbox.emit("message.received")).toMatchObject([
      { status: undefined, error: "broken receiver" },
    ]);
    expect(sandbox.subscriptions).toMatchObject([
      { delivery_attempts: 1, last_delivered_at: null },
    ]);
  });
});
