/** What somebody writes who uses all of the package: it must compile under each compiler. */
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
import { createSandbox, type Fault } from "linq-webhooks/sandbox";
import { applySync, planSync } from "linq-webhooks/sync";

declare const environment: {
  readonly TOKEN: string | undefined;
  readonly SECRET: string | undefined;
};

/** The first lines of the README, in TypeScript. */
export const fromEnvironment = createLinqClient({ token: environment.TOKEN });
export const receiver = createReceiver({
  secret: environment.SECRET,
  on: { "message.received": ({ data }) => console.log(data.from_phone, data.text) },
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
