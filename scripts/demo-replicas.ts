/**
 * Three replicas of a receiver in separate processes, with one Redis. A sandbox has one subscription for
 * each replica, so it delivers every event three times. Exits with 1 unless every event is handled
 * exactly once.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createLinqClient } from "linq-webhooks";
import { createSandbox } from "linq-webhooks/sandbox";
import { startRedis } from "../test/support/database-server.js";

const REPLICAS = 3;
const EVENTS = 100;
const SECRET = "a secret of the demo";

const redis = await startRedis();
if (!redis) throw new Error("No Redis was found: install one, or set REDIS_URL=redis://….");

const handled = new Map<string, number[]>();
const file = fileURLToPath(new URL("./demo-replica.ts", import.meta.url));
const replicas = await Promise.all(
  Array.from({ length: REPLICAS }, async (_, index) => {
    const child = fork(file, [redis.url, SECRET], { execArgv: ["--import", "tsx"] });
    const [{ url }] = (await once(child, "message")) as [{ url: string }];
    child.on("message", ({ handled: id }: { handled: string }) => {
      handled.set(id, [...(handled.get(id) ?? []), index]);
    });
    console.log(`replica ${index + 1} is listening on ${url}`);
    return { child, url };
  }),
);

const sandbox = createSandbox({ fetch });
const linq = createLinqClient({ token: "any-token", fetch: sandbox.fetch });
for (const { url } of replicas) {
  await linq.webhookSubscriptions.ensure({
    ...{ webhook_url: url, events: ["message.received"], secret: SECRET },
  });
}

const deliveries = (
  await Promise.all(Array.from({ length: EVENTS }, () => sandbox.emit("message.received")))
).flat();
const shares = replicas.map(
  (_, index) => [...handled.values()].flat().filter((each) => each === index).length,
);
const again = [...handled.values()].filter((each) => each.length > 1).length;
console.log(
  `${EVENTS} events were delivered ${deliveries.length} times: ${handled.size} were handled, ` +
    `${again} of them more than once; the replicas handled ${shares.join(", ")}`,
);
if (handled.size !== EVENTS || again > 0 || deliveries.length !== EVENTS * REPLICAS) {
  process.exitCode = 1;
}
for (const { child } of replicas) child.disconnect();
await redis.stop();
