import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import { built } from "./built.js";
import { subscriptions } from "./list.js";
import type { Subject } from "./measure.js";
import { delivery, FORGETFUL, secret } from "./verify.js";

/** The subjects to time in this process, by name. */
export type Subjects = Readonly<Record<string, Subject>>;

const ENTRIES = ["index", "receiver/index", "sync/index", "stores/index", "sandbox/index"];

/** The subjects of the build in a folder. */
export async function subjectsOf(root: URL): Promise<Subjects> {
  return { ...(await listsOf(root)), ...(await deliveriesOf(root)), ...(await plansOf(root)) };
}

/** Starts a process that imports the client from the build in a folder. */
export function importOf(root: URL): Subject {
  const file = fileURLToPath(new URL("dist/src/index.js", root));
  return () => execFileSync(process.execPath, [file], { stdio: "ignore" });
}

/** The size of each entry of a build in a browser: bundled, minified and gzipped, in kB. */
export function sizesOf(root: URL): Readonly<Record<string, number>> {
  const weigh = (entry: string): number => {
    const { outputFiles } = buildSync({
      entryPoints: [fileURLToPath(new URL(`dist/src/${entry}.js`, root))],
      ...{ bundle: true, minify: true, write: false, format: "esm", platform: "browser" },
      // Loaded only when it is needed.
      external: ["*/event-validators.js"],
      // Otherwise, `paths` would replace the conditions of package.json.
      tsconfigRaw: {},
      logLevel: "error",
    });
    return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length / 1_000;
  };
  return Object.fromEntries(ENTRIES.map((entry) => [`size of ${entry}`, weigh(entry)]));
}

async function listsOf(root: URL): Promise<Subjects> {
  const { createLinqClient } = await built("index.js", root);
  const list = (count: number): Subject => {
    const text = JSON.stringify({ webhook_subscriptions: subscriptions(count) });
    const answer = (): Promise<Response> =>
      Promise.resolve(new Response(text, { headers: { "content-type": "application/json" } }));
    const linq = createLinqClient({ token: "a-token-for-the-benchmark", fetch: answer });
    return () => linq.webhookSubscriptions.list();
  };
  return { "list of 3, stub fetch": list(3), "list of 10,000, stub fetch": list(10_000) };
}

async function deliveriesOf(root: URL): Promise<Subjects> {
  const { createReceiver, signBody, verifySignature } = await built("receiver/index.js", root);
  const body = Buffer.from(delivery(1_000));
  const signature = await signBody(body, secret);
  const headers = { "content-type": "application/json", "x-webhook-signature": signature };
  const on = { "message.received": () => 0 };
  const receiver = createReceiver({ secret, store: FORGETFUL, on });
  return {
    "verify 1,000 bytes": () => verifySignature({ body, signature, secret }),
    "receive 1,000 bytes": () => receiver.receive({ body, headers }),
  };
}

async function plansOf(root: URL): Promise<Subjects> {
  const { findDuplicates } = await built("index.js", root);
  const { planSync } = await built("sync/index.js", root);
  const actual = subscriptions(1_000);
  const desired = actual.map(({ webhook_url }) => ({
    webhook_url,
    events: ["message.sent" as const],
  }));
  return {
    "findDuplicates of 1,000": () => findDuplicates(actual),
    "planSync of 1,000": () => planSync(desired, actual),
  };
}
