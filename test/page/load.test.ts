import { expect, it } from "vitest";
import { buildDelivery } from "./fake-server.js";
import { createPageWorld } from "./page-world.js";

/** How many deliveries come, and how many of them in one piece, every 20 ms. */
const [ALL, PIECE, PAUSE] = [10_000, 20, 20];

it("10,000 deliveries at 1,000 a second keep the page small", async () => {
  const world = await createPageWorld();
  const { page, server, errors } = await world.open();
  // The same for all, so that what is measured is what the page keeps.
  const body = JSON.stringify({ data: { text: "x".repeat(2_000) } });
  server.send("delivery", buildDelivery({ id: "first", body }));
  await page.getByRole("listbox").getByRole("option").click();
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const measure = (now: number): void => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(measure);
    };
    requestAnimationFrame(measure);
    Object.assign(globalThis, { frames });
  });
  const session = await page.context().newCDPSession(page);
  const nodesBefore = await countNodes();

  await new Promise<void>((resolve) => {
    let sent = 0;
    const timer = setInterval(() => {
      const ids = Array.from({ length: PIECE }, (_, index) => `id-${sent + index}`);
      server.send("delivery", ...ids.map((id) => buildDelivery({ id, body })));
      sent += PIECE;
      if (sent < ALL) return;
      clearInterval(timer);
      resolve();
    }, PAUSE);
  });
  await page.getByText(`1000 shown, ${ALL + 1} received`).waitFor();

  const frames = await page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames);
  frames.sort((a, b) => a - b);
  const at = (share: number): string => (frames[Math.floor(frames.length * share)] ?? 0).toFixed(0);
  const heap = await readHeap();
  const nodes = await countNodes();
  console.log(
    `${ALL} deliveries at ${(PIECE * 1_000) / PAUSE}/s: ${frames.length} frames, half within ${at(0.5)} ms, 99 % within ${at(0.99)} ms, longest ${frames.at(-1)?.toFixed(0) ?? "?"} ms; ${nodes} nodes (${nodesBefore} with one delivery), ${heap.toFixed(1)} MB of heap`,
  );
  // What does not depend on the machine: rows of the list, nodes in all, and what is kept.
  expect(await page.getByRole("option").count()).toBeLessThan(80);
  expect(nodes).toBeLessThan(nodesBefore + 600);
  // 1,000 texts of 2 kB, twice as much while they are read, and the page itself.
  expect(heap).toBeLessThan(40);
  expect(errors).toEqual([]);
  await world.close();

  async function countNodes(): Promise<number> {
    return page.evaluate(() => document.getElementsByTagName("*").length);
  }

  async function readHeap(): Promise<number> {
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    return usedSize / 1_000_000;
  }
});
