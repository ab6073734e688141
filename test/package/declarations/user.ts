/** A program that uses all of the package: it must compile under each compiler. */
import createClient from "openapi-fetch";
import {
  type components,
  createLinqClient,
  DuplicateSubscriptionError,
  EVENT_NAMES,
  type EventName,
  isLinqError,
  type LinqClient,
  type paths,
  type WebhookSubscription,
} from "linq-webhooks";
import {
  createReceiver,
  type EventHandlers,
  InvalidSignatureError,
  signBody,
  unwrapEvent,
} from "linq-webhooks/receiver";
import { createEvent, createSandbox, type Fault } from "linq-webhooks/sandbox";
import {
  connectDurableObjectStore,
  createDurableObjectStore,
  createPostgresStore,
  createRedisStore,
} from "linq-webhooks/stores";
import { applySync, planSync } from "linq-webhooks/sync";

declare const environment: {
  readonly TOKEN: string | undefined;
  readonly SECRET: string | undefined;
};

/** The first lines of the README, in TypeScript. */
export const fromEnvironment = createLinqClient({ token: environment.TOKEN });
export const receiverFromEnvironment = createReceiver({
  secret: environment.SECRET,
  on: { "message.received": ({ data }) => [data.from_phone, data.text] },
});

const PATH = "/api/partner/v2/webhook_subscriptions";
const URL_OF_HOOK = "https://example.com/hook";

export const linq: LinqClient = createLinqClient({ token: () => "a-token", timeout: 5_000 });

export async function subscribe(events: readonly EventName[]): Promise<string> {
  try {
    const { outcome } = await linq.webhookSubscriptions.ensure({
      webhook_url: URL_OF_HOOK,
      events,
    });
    return outcome;
  } catch (error) {
    if (error instanceof DuplicateSubscriptionError) return error.sharedEvents.join();
    if (!isLinqError(error)) throw error;
    return error.code === "timeout" ? error.phase : error.message;
  }
}

// @ts-expect-error No event has this name.
void subscribe(["message.recieved"]);
void subscribe(EVENT_NAMES);

/** The types of the API under openapi-fetch, without the client. */
export async function listPlainly(): Promise<components["schemas"]["WebhookSubscription"][]> {
  const api = createClient<paths>({ baseUrl: "https://api.linqapp.com" });
  const { data, error } = await api.GET(PATH);
  if (error) throw new Error(JSON.stringify(error));
  // @ts-expect-error No path is called so.
  void api.GET("/api/partner/v2/webhook_subscription");
  return data.webhook_subscriptions;
}

export const first: Promise<WebhookSubscription | undefined> = linq.webhookSubscriptions
  .list()
  .then(([subscription]) => subscription);

export const on: Partial<EventHandlers> = {
  "message.received": ({ data, event_type }) => [
    data.text,
    event_type satisfies "message.received",
  ],
};

export const { fetch: receive } = createReceiver({ secret: "a secret", on });

export async function unwrap(request: Request, secret: string): Promise<string | undefined> {
  try {
    const body = new Uint8Array(await request.arrayBuffer());
    const event = await unwrapEvent({ body, headers: request.headers, secret });
    return event.event_id === (await signBody(body, secret)) ? undefined : event.event_type;
  } catch (error) {
    return error instanceof InvalidSignatureError ? error.reason : undefined;
  }
}

const faults: Fault[] = [{ kind: "stall", operation: "listWebhookSubscriptions" }];

export async function rehearse(): Promise<number> {
  const sandbox = createSandbox({
    faults,
    receivers: { [URL_OF_HOOK]: (request) => receive(request) },
  });
  const client = createLinqClient({ token: "any-token", fetch: sandbox.fetch });
  const plan = planSync(
    [{ webhook_url: URL_OF_HOOK, events: ["message.received"] }],
    await client.webhookSubscriptions.list(),
  );
  const { done } = await applySync(client, plan);
  const [delivery] = await sandbox.emit("message.received");
  return done.length + (delivery?.status ?? 0);
}

// All that follows is exported without a type of its own, so that the compiler has to write one.
export const sandbox = createSandbox();
export const openSandbox = createSandbox({ allowUnknownEvents: true });
export const receiver = createReceiver({ secret: "a secret", on });
export const { node, close } = receiver;
export const plan = planSync([], []);
export const client = createLinqClient();
export const { api, webhookSubscriptions } = client;
export const redis = createRedisStore(() => Promise.resolve("claimed"));
export const postgres = createPostgresStore(() => Promise.resolve([]));
export const inObject = createDurableObjectStore;
export const toObject = connectDurableObjectStore;
export const event = createEvent("message.received");

export const [fault] = faults;
export const latency = faults.find((one) => one.kind === "latency");
export const requested = sandbox.requests.map(({ fault: kind }) => kind);
export const { switches, subscriptions } = sandbox;
export const [step] = plan.steps;
export const changes = plan.steps.flatMap((one) => (one.action === "update" ? one.changes : []));
export const inputs = plan.steps.flatMap((one) => (one.action === "delete" ? [] : [one.input]));

export const applied = async () => {
  const { done, failed } = await applySync(client, plan);
  return { done, failed };
};

export const received = async (body: string, headers: Headers) => {
  const unwrapped = await unwrapEvent({ body, headers, secret: "a secret" });
  if (unwrapped.event_type === "message.received") return { unwrapped, raw: unwrapped.raw };
  return unwrapped.event_type === "message.read" ? unwrapped.data : undefined;
};

export const explain = (error: unknown) => (isLinqError(error) ? error : undefined);
export const refusal = (error: InvalidSignatureError) => error.reason;
