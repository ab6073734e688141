import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findPinned, pinnedVersion } from "./pinned-runtime.js";
import { createProject, type Project } from "./project.js";

let project: Project;

beforeAll(async () => {
  project = await createProject();
});

afterAll(async () => {
  await project.remove();
});

/** A worker with the class of the package, which uses it as the README says. */
const WORKER = `
import { createReceiver, signBody } from "linq-webhooks/receiver";
import { connectDurableObjectStore, DeliveryStoreObject } from "linq-webhooks/stores";
import { testDeliveryStore } from "linq-webhooks/testing";

export { DeliveryStoreObject };

export default {
  async test(_controller, env) {
    const stores = [connectDurableObjectStore(env.DELIVERIES), connectDurableObjectStore(env.DELIVERIES)];
    await testDeliveryStore(...stores);

    const secret = "a long random secret";
    const body = JSON.stringify({ event_type: "message.read", event_id: "e1", data: {} });
    const headers = { "X-Webhook-Signature": await signBody(body, secret) };
    const outcomes = [];
    let handled = 0;
    for (const store of [...stores, stores[0]]) {
      const receiver = createReceiver({
        secret,
        store,
        on: {
          "message.read": () => {
            handled++;
            if (handled === 1) throw new Error("not yet");
          },
        },
        onError: () => undefined,
      });
      outcomes.push((await receiver.receive({ body, headers })).outcome);
    }

    // What is to hold for ever does.
    const forever = { owner: "me", ttl: Infinity };
    await stores[0].claim("held", forever);
    await stores[0].complete("kept", forever);
    const others = [await stores[1].claim("held", { owner: "you", ttl: 1 })];
    others.push(await stores[1].claim("kept", { owner: "you", ttl: 1 }));

    // What has run out is gone, and its object is empty.
    await stores[0].claim("short", { owner: "me", ttl: 1 });
    const id = env.DELIVERIES.idFromName("short");
    let keys = 1;
    for (let turn = 0; keys > 0 && turn < 500; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      keys = await (await env.DELIVERIES.get(id).fetch("https://keys/")).json();
    }
    console.log(JSON.stringify({ outcomes, handled, others, keys }));
  },
};`;

/** The same class, which also tells how much its storage holds. */
const COUNTING = `
class CountingObject extends DeliveryStoreObject {
  constructor(state) {
    super(state);
    this.state = state;
  }
  async fetch(request) {
    if (!request.url.startsWith("https://keys/")) return super.fetch(request);
    return Response.json((await this.state.storage.list()).size);
  }
}
export { CountingObject };`;

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker", esModule = embed "store-worker.mjs")],
      compatibilityDate = "2025-06-01",
      durableObjectNamespaces = [(className = "CountingObject", uniqueKey = "deliveries")],
      durableObjectStorage = (inMemory = void),
      bindings = [(name = "DELIVERIES", durableObjectNamespace = "CountingObject")],
    )),
  ],
);
`;

it("the store on Durable Objects keeps the contract in workerd, and handles each event once", async () => {
  const { platform, arch } = process;
  const path = `@cloudflare/workerd-${platform}-${arch === "x64" ? "64" : arch}/bin/workerd`;
  const start = await findPinned(path, pinnedVersion("workerd"));
  const code = await project.bundle(WORKER + COUNTING, ["workerd", "worker", "browser"]);
  await writeFile(join(project.folder, "store-worker.mjs"), code);
  const config = join(project.folder, "store.capnp");
  await writeFile(config, CONFIG);
  const printed = await start("test", config);
  expect(JSON.parse(printed.trim().split("\n").at(-1) ?? "")).toEqual({
    outcomes: ["failed", "handled", "duplicate"],
    handled: 2,
    others: ["pending", "completed"],
    keys: 0,
  });
});
