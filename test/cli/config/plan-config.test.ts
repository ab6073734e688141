import { expect, test } from "vitest";
import { planConfig } from "../../../src/cli/config/plan-config.js";
import { readSecrets } from "../../../src/cli/config/read-secrets.js";
import type { SyncPlan } from "../../../src/sync/index.js";
import { buildSubscription } from "../../support/build-subscription.js";
import { parse } from "./config-problems.js";

const CONFIG = parse(`{
  "subscriptions": [
    { "webhook_url": "https://a.example/x", "events": ["message.read"], "secret": { "env": "A" } },
    { "webhook_url": "https://b.example/y", "events": ["message.read"], "secret": { "file": "b" } }
  ]
}`);

const [A, B] = ["https://a.example/x", "https://b.example/y"].map((webhook_url, index) =>
  buildSubscription({
    ...{ id: index + 1, webhook_url, events: ["message.read"], version: 2 },
    ...{ active: true, secret_configured: true },
  }),
);

async function plan(
  actual: (typeof A)[],
  { env = {}, rotate = false }: { env?: Record<string, string>; rotate?: boolean } = {},
): Promise<SyncPlan> {
  const list = actual.flatMap((each) => each ?? []);
  return planConfig(CONFIG, await readSecrets(CONFIG, { env, cwd: "/nonexistent" }), list, rotate);
}

function actions({ steps }: SyncPlan): string[] {
  return steps.map(({ action }) => action);
}

const NO_A =
  "linq-webhooks.json:3:92: subscriptions[0].secret.env: this environment variable is not set; set it to the secret";
const NO_B =
  "linq-webhooks.json:4:93: subscriptions[1].secret.file: this must name a file with the secret, but the file does not exist";

test("a plan that writes no secret needs none", async () => {
  expect(actions(await plan([A, B]))).toEqual(["keep", "keep"]);
});

test("a plan needs only the secrets that it writes", async () => {
  await expect(plan([B])).rejects.toThrow(NO_A);
  expect(actions(await plan([B], { env: { A: "s3cret-of-a" } }))).toEqual(["create", "keep"]);
});

test("an error names all missing secrets", async () => {
  await expect(plan([])).rejects.toThrow(`${NO_A}\n${NO_B}`);
  await expect(plan([A, B], { rotate: true })).rejects.toThrow(`${NO_A}\n${NO_B}`);
});
