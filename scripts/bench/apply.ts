import { createSandbox } from "linq-webhooks/sandbox";
import { built } from "./built.js";
import type { Timing } from "./measure.js";

const CHANGES = 1_000;

/** An apply of many changes against the served sandbox: once, since each leaves another state. */
export async function benchApply(): Promise<Record<string, Timing[]>> {
  const { createLinqClient } = await built("index.js");
  const { applySync, planSync } = await built("sync/index.js");
  const server = await createSandbox().listen();
  const linq = createLinqClient({ token: "a-token-for-the-benchmark", baseUrl: server.url });
  const timings: Timing[] = [];
  const rounds = {
    "create each": ["message.received"],
    "update each": ["message.received", "message.read"],
  } as const;
  for (const [name, events] of Object.entries(rounds)) {
    const desired = Array.from({ length: CHANGES }, (_, index) => ({
      webhook_url: `https://host-${index}.example.com/hook`,
      events,
    }));
    const plan = planSync(desired, await linq.webhookSubscriptions.list());
    const start = performance.now();
    const { done } = await applySync(linq, plan);
    if (done.length !== CHANGES) throw new Error(`only ${done.length} of ${CHANGES} were done`);
    timings.push({ name, milliseconds: (performance.now() - start) / CHANGES, ratio: NaN });
  }
  await server.close();
  return { [`applySync of ${CHANGES.toLocaleString("en")} changes, per change`]: timings };
}
