/**
 * What a user writes once the vendor's changes have arrived, against the server at `LINQ_BASE_URL`: a
 * program of the copy, which prints what it has seen as JSON.
 */
export const VENDOR_PROGRAM = `
import { createLinqClient, EVENT_NAMES, type EventName, isLinqError } from "linq-webhooks";
import { createReceiver } from "linq-webhooks/receiver";
import { createSandbox } from "linq-webhooks/sandbox";
import { applySync, planSync } from "linq-webhooks/sync";

const linq = createLinqClient({ token: "any-token", baseUrl: process.env["LINQ_BASE_URL"] ?? "" });
const { create, ensure, list, update } = linq.webhookSubscriptions;
const MEMBER = "/api/partner/v2/webhook_subscriptions/{webhook_subscription_id}";
const event: EventName = "message.edited";
const hook = (name: string) => "https://example.com/" + name;
const refusalOf = async (call: Promise<unknown>): Promise<string> => {
  const error: unknown = await call.then(() => "none", (reason: unknown) => reason);
  return isLinqError(error) ? error.message : String(error);
};
const seen: Record<string, unknown> = { knows: EVENT_NAMES.includes(event) };

const created = await create({ webhook_url: hook("a"), events: [event], label: "blue", retries: "few" });
seen["created"] = created;
seen["paused"] = await update(created.id, { active: false });
seen["renamed"] = await update(created.id, { label: "green", active: true });
const plain = await create({ webhook_url: hook("p"), events: [event] });
seen["plain"] = await update(plain.id, { active: false });
const { data } = await linq.api.GET(MEMBER, {
  params: { path: { webhook_subscription_id: created.id } },
});
seen["found"] = data?.webhook_subscription.label;

// @ts-expect-error It is a text.
seen["refused"] = await refusalOf(create({ webhook_url: hook("a"), events: [event], label: 7 }));
seen["unset"] = await refusalOf(update(created.id, { label: undefined as never }));

const wanted = { webhook_url: hook("a"), events: [event], label: "red", region: "eu" } as const;
for (const name of ["ensured", "ensuredAgain"]) {
  const { outcome, subscriptions } = await ensure(wanted);
  seen[name] = [outcome, subscriptions.map(({ label, region }) => [label, region])];
}
const duplicate = await create(
  { webhook_url: hook("a"), events: [event, "message.sent"], label: "duplicate" },
  { allowDuplicate: true },
);
await ensure(wanted);
const trimmed = (await list()).find(({ id }) => id === duplicate.id);
seen["trimmed"] = [trimmed?.events, trimmed?.label];

const declared = [{ webhook_url: hook("b"), events: [event], label: "one" }];
const sync = async () => {
  const plan = planSync(declared, (await list()).filter(({ webhook_url }) => webhook_url === hook("b")));
  const { failed } = await applySync(linq, plan);
  return [plan.steps.flatMap((step) => [step.action, ..."changes" in step ? step.changes : []]), failed];
};
seen["synced"] = [await sync(), await sync()];
for (const entry of declared) entry.label = "two";
seen["syncedAgain"] = [await sync(), await sync()];
declared.splice(0, 1, { webhook_url: hook("b"), events: [event, "message.sent"] } as never);
await sync();
seen["carriedOn"] = (await list()).filter(({ webhook_url }) => webhook_url === hook("b")).map(({ label }) => label);

const chats = await linq.api.GET("/api/partner/v2/chats");
// @ts-expect-error A contact is found by a text.
const contact = await linq.api.GET("/api/partner/v2/contacts/{id}", { params: { path: { id: 7 } } });
const log = await linq.api.GET("/api/partner/v2/webhook_subscriptions_log");
seen["foreign"] = [chats, contact, log].map(({ response, error }) => [response.status, error]);

const handled: string[] = [];
const receiver = createReceiver({
  allowUnsigned: true,
  on: { "message.edited": ({ data }) => void handled.push(data.id) },
});
const sandbox = createSandbox({ receivers: { [hook("c")]: receiver.fetch } });
await createLinqClient({ token: "any-token", fetch: sandbox.fetch }).webhookSubscriptions.create({
  webhook_url: hook("c"),
  events: [event],
});
await sandbox.emit(event, { id: "edited-one" });
seen["handled"] = handled;

console.log(JSON.stringify(seen));
`;
