import type { operations } from "../../generated/openapi.js";
import type { OPERATIONS } from "../../generated/operations.js";
import type { OperationInput } from "./read-input.js";
import { Refusal } from "./refusal.js";
import type { OperationId } from "./router.js";
import type { Entry, Store } from "./store.js";
import { isWebUrl } from "./web-url.js";

/**
 * Carries out an operation and gives the body of its answer.
 *
 * @throws {Refusal} for what only the state or the meaning of a value can tell.
 */
export function handle(id: OperationId, input: OperationInput, store: Store): unknown {
  // The validators of this very operation have seen the input, so it is what its handler takes.
  const handler = HANDLERS[id] as (input: OperationInput, store: Store) => unknown;
  return handler(input, store);
}

/** The JSON of a request or an answer in the generated types; undefined where there is none. */
type Json<Part> = Part extends { content: { "application/json": infer Body } } ? Body : undefined;

interface Input<Id extends OperationId> {
  readonly path: operations[Id]["parameters"]["path"];
  readonly body: Json<operations[Id]["requestBody"]>;
}

type Output<Id extends OperationId> = (typeof OPERATIONS)[Id]["status"] extends infer Status extends
  keyof operations[Id]["responses"]
  ? Json<operations[Id]["responses"][Status]>
  : never;

const HANDLERS: { [Id in OperationId]: (input: Input<Id>, store: Store) => Output<Id> } = {
  listWebhookSubscriptions: (_input, store) => ({ webhook_subscriptions: store.list() }),

  createWebhookSubscription: ({ body: { webhook_subscription: input } }, store) => {
    checkWebhookUrl(input.webhook_url);
    const { active = true, secret = "" } = input;
    const entry = store.add({ ...input, active, secret });
    return { webhook_subscription: store.present(entry) };
  },

  updateWebhookSubscription: ({ path, body: { webhook_subscription: input } }, store) => {
    const entry = find(store, path.webhook_subscription_id);
    checkWebhookUrl(input.webhook_url);
    const { active = entry.active, secret = entry.secret } = input;
    store.update(entry, { ...input, active, secret });
    return { webhook_subscription: store.present(entry) };
  },

  deleteWebhookSubscription: ({ path }, store) => {
    store.remove(find(store, path.webhook_subscription_id));
    return undefined;
  },
};

function find(store: Store, id: number): Entry {
  const entry = store.find(id);
  if (!entry) throw new Refusal(404, `There is no webhook subscription ${id}`);
  return entry;
}

function checkWebhookUrl(url: string): void {
  if (isWebUrl(url)) return;
  throw new Refusal(422, "The request is not valid", {
    errors: ["webhook_subscription.webhook_url must be an absolute http or https URL"],
  });
}
