import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import { createPageLog } from "../../../src/cli/page/page-log.js";
import type { PageDelivery } from "../../../src/cli/page/protocol.js";
import { signBody } from "../../../src/receiver/index.js";
import { createEvent } from "../../../src/sandbox/index.js";
import { collectGarbage } from "../../support/collect-garbage.js";
import { SECRET } from "../listen-world.js";
import { findPageUrl, openPage, type PageClient, readStream } from "../page-client.js";
import { startCommand } from "../running-command.js";

const COUNT = 10_000;
const AT_ONCE = 50;

/** Opens the stream, and reads nothing of it. */
async function openWithoutReading({ origin, cookie }: PageClient): Promise<Socket> {
  const { port, host } = new URL(origin);
  const socket = connect({ port: Number(port), host: "127.0.0.1" });
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined).pause();
  await once(socket, "connect");
  socket.write(`GET /_/api/stream HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`);
  return socket;
}

/** Continues to read up to a text, and returns the number of deliveries. */
async function readOn(socket: Socket, last: string): Promise<number> {
  let [count, rest] = [0, ""];
  for await (const chunk of socket.setEncoding("utf8") as AsyncIterable<string>) {
    const text = rest + chunk;
    count += text.split("\nevent: delivery\n").length - 1;
    if (text.includes(last)) return count;
    // The end of either text may be cut; it is too short to be counted twice.
    rest = text.slice(-16);
  }
  throw new Error("the stream ended");
}

describe("ten thousand deliveries at full speed", () => {
  it("leave the last thousand, and are not buffered for readers that do not read", async () => {
    const command = startCommand(["listen", "--port=0", "--secret-env=HOOK_SECRET", "--json"], {
      env: { HOOK_SECRET: SECRET },
    });
    const page = await openPage(findPageUrl(await command.says("listening")));
    const readers: Socket[] = [];
    for (let count = 0; count < 5; count++) readers.push(await openWithoutReading(page));
    const body = JSON.stringify(createEvent("message.received", { text: "x".repeat(4_000) }));
    const headers = { "x-webhook-signature": await signBody(body, SECRET) };
    const deliver = async (): Promise<void> => {
      const response = await fetch(`${page.origin}/hook`, { method: "POST", body, headers });
      expect(response.status).toBe(200);
      await response.text();
    };
    await deliver();
    await collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();
    let left = COUNT - 1;
    const work = async (): Promise<void> => {
      while (left-- > 0) await deliver();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const seconds = (performance.now() - start) / 1_000;
    await collectGarbage();
    const grown = (process.memoryUsage().heapUsed - before) / 1_048_576;
    console.info(
      `${COUNT} deliveries of ${body.length} bytes, 5 readers that do not read: ${Math.round(COUNT / seconds)}/s, heap ${grown.toFixed(1)} MiB more`,
    );

    const events = await readStream(page, ({ data }) => data["id"] === String(COUNT));
    expect(events.map(({ data }) => data["id"])).toEqual(
      Array.from({ length: 1_000 }, (_, index) => String(COUNT - 999 + index)),
    );
    // They get the deliveries that the system has buffered, and then those that are still kept.
    const counts = await Promise.all(readers.map((socket) => readOn(socket, `"id":"${COUNT}"`)));
    console.info(`when they read at last, they get ${counts.join(", ")} deliveries`);
    for (const count of counts) expect(count).toBeLessThan(COUNT / 2);
  });
});

describe("the log of the page", () => {
  const delivery = { id: "1" } as PageDelivery; // The log reads nothing of it.

  it("keeps the latest thousand entries of a kind", () => {
    const log = createPageLog();
    for (let id = 1; id <= 3_000; id++) log.put("delivery", String(id), delivery);
    log.put("request", "1", { id: "1" } as never);
    expect(log.size).toBe(1_001);
    expect(log.next(0)?.sequence).toBe(2_001);
    expect(log.next(3_000)?.kind).toBe("request");
    expect(log.next(3_001)).toBeUndefined();
  });

  it("has one entry per id, at the place of its latest change", () => {
    const log = createPageLog();
    for (const id of ["a", "b", "a", "a"]) log.put("delivery", id, { ...delivery, id });
    const places = [log.next(0), log.next(2)].map((entry) => entry?.sequence);
    expect({ size: log.size, places }).toEqual({ size: 2, places: [2, 4] });
  });

  it("reports changes until the watcher stops", () => {
    const log = createPageLog();
    let count = 0;
    const stop = log.watch(() => count++);
    log.put("delivery", "1", delivery);
    stop();
    log.put("delivery", "2", delivery);
    expect(count).toBe(1);
  });
});
