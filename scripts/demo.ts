/**
 * Shows the purpose of the library in ten seconds, over real HTTP on loopback, with the sandbox in place
 * of the API. Every step checks its claim; the demo exits with 1 at the first false one.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createLinqClient, DuplicateSubscriptionError, type LinqClient } from "linq-webhooks";
import { createSandbox } from "linq-webhooks/sandbox";

/** A program that receives deliveries, like one that a partner would run. */
async function startReceiver(): Promise<{ url: string; received: string[]; close: () => void }> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { event_type } = JSON.parse(Buffer.concat(chunks).toString()) as { event_type: string };
      received.push(event_type);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // The address of a TCP port has this form.
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/hook`, received, close };
}

let step = 0;

function heading(text: string): void {
  console.log(`\n${++step}. ${text}`);
}

/** Prints a fact, or throws if it is false. */
function show(fact: string, isTrue: boolean): void {
  if (!isTrue) throw new Error(`expected: ${fact}`);
  console.log(`   ✓ ${fact}`);
}

async function demo(): Promise<void> {
  const token = "a-token-for-the-sandbox";
  const secret = "a-secret-for-the-deliveries";
  const sandbox = createSandbox({ token });
  const api = await sandbox.listen();
  const receiver = await startReceiver();
  const connect = (): LinqClient =>
    // Clients in one process share a lock; without it they act like clients on separate machines.
    createLinqClient({ token, baseUrl: api.url, lock: (_key, task) => task() });
  const deliver = async (): Promise<number> => {
    receiver.received.length = 0;
    await sandbox.emit("message.received");
    return receiver.received.length;
  };
  const input = { webhook_url: receiver.url, events: ["message.received"], secret } as const;

  try {
    console.log(`Sandbox of the API on ${api.url}, receiver on ${receiver.url}`);

    heading("The problem: the API accepts the same subscription twice");
    const linq = connect();
    for (let times = 0; times < 2; times++) {
      await linq.api.POST("/api/partner/v2/webhook_subscriptions", {
        body: {
          webhook_subscription: { ...input, events: [...input.events], version: 2 },
        },
      });
    }
    show("two plain POSTs, one message, two deliveries", (await deliver()) === 2);

    heading("The repair: find and remove the duplicate");
    const groups = await linq.webhookSubscriptions.findDuplicates();
    show(
      `findDuplicates: one group of kind "${groups[0]?.kind ?? "none"}"`,
      groups.length === 1 && groups[0]?.kind === "identical",
    );
    const { removed } = await linq.webhookSubscriptions.removeDuplicates();
    show(`removeDuplicates: ${removed.length} subscription deleted`, removed.length === 1);
    show("one message, one delivery", (await deliver()) === 1);

    heading("The solution: four replicas start at the same time, and each calls ensure");
    for (const { id } of sandbox.subscriptions) await linq.webhookSubscriptions.delete(id);
    const results = await Promise.all(
      Array.from({ length: 4 }, () => connect().webhookSubscriptions.ensure(input)),
    );
    const ids = new Set(results.flatMap(({ subscriptions }) => subscriptions.map(({ id }) => id)));
    show("all four got the same subscription", ids.size === 1);
    show("there is one subscription", sandbox.subscriptions.length === 1);
    show("one message, one delivery", (await deliver()) === 1);
    const again = await linq.webhookSubscriptions.ensure(input);
    show("another call of ensure writes nothing", again.outcome === "unchanged");

    heading("The guard: create refuses a duplicate");
    const refusal: unknown = await linq.webhookSubscriptions.create(input).catch(identity);
    show("create throws DuplicateSubscriptionError", refusal instanceof DuplicateSubscriptionError);

    heading("The rest: update and delete");
    const [id = 0] = ids;
    const changed = await linq.webhookSubscriptions.update(id, {
      events: ["message.received", "message.read"],
      secret,
    });
    show(`update: the events are now ${changed.events.join(" and ")}`, changed.events.length === 2);
    await linq.webhookSubscriptions.delete(id);
    show("delete: nothing is left", (await linq.webhookSubscriptions.list()).length === 0);
    show("one message, no delivery", (await deliver()) === 0);
  } finally {
    receiver.close();
    await api.close();
  }
}

function identity(error: unknown): unknown {
  return error;
}

try {
  await demo();
  console.log("\nEverything above happened on this machine.");
  if (process.env["LINQ_INTEGRATION_TOKEN"] !== undefined) {
    console.log(
      "LINQ_INTEGRATION_TOKEN is set, but was not used. To use the real API in your own program:\n" +
        "  createLinqClient({ token: process.env.LINQ_INTEGRATION_TOKEN })",
    );
  }
} catch (error) {
  console.error(`\n   ✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
