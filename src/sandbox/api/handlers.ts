import type { EventName } from "../../../generated/constants.js";
import type { components, operations } from "../../../generated/openapi.js";
import type { OPERATIONS } from "../../../generated/operations.js";
import { ownMembers } from "../../checks/own-members.js";
import { paginate } from "./paginate.js";
import type { OperationInput } from "./read-input.js";
import { Refusal } from "./refusal.js";
import type { OperationId, OwnOperationId } from "./router.js";
import type { Store } from "./store.js";
import type { SandboxSwitches } from "../switches.js";
import type { Pending } from "../faults/pending.js";
import { comparableUrl, isWebUrl } from "../web-url.js";

/**
 * Carries out an operation and returns the body of its answer.
 *
 * @throws {Refusal} for an error that depends on the state or on the meaning of a value.
 */
export function handle(
  id: OwnOperationId,
  input: OperationInput,
  context: HandlerContext,
): unknown {
  // The validators of this operation have checked the input, so it has the type that its handler takes.
  const handler = HANDLERS[id] as (input: OperationInput, context: HandlerContext) => unknown;
  return handler(input, context);
}

/** Whether the operation has a handler here, as all operations on webhook subscriptions do. */
export function isOwn(id: OperationId): id is OwnOperationId {
  return Object.hasOwn(HANDLERS, id);
}

/** The context of an operation. */
export interface HandlerContext {
  readonly store: Store;
  readonly switches: SandboxSwitches;
  /** Takes the tasks that run later. */
  readonly pending: Pick<Pending, "add">;
}

/** The JSON of a request or an answer in the generated types; undefined where there is none. */
type Json<Part> = Part extends { content: { "application/json": infer Body } } ? Body : undefined;

interface Input<Id extends OwnOperationId> {
  readonly path: operations[Id]["parameters"]["path"];
  readonly query: URLSearchParams;
  readonly body: Json<operations[Id]["requestBody"]>;
}

type Output<Id extends OwnOperationId> =
  (typeof OPERATIONS)[Id]["status"] extends infer Status extends keyof operations[Id]["responses"]
    ? Json<operations[Id]["responses"][Status]>
    : never;

const HANDLERS: {
  [Id in OwnOperationId]: (input: Input<Id>, context: HandlerContext) => Output<Id>;
} = {
  listWebhookSubscriptions: ({ query }, { store, switches }) =>
    paginate(store.list(), switches.pageSize, query.get("page")),

  createWebhookSubscription: ({ body: { webhook_subscription: input } }, { store, switches }) => {
    checkWebhookUrl(input.webhook_url, switches);
    const { active = switches.activeDefault, secret = "" } = ownMembers(input);
    if (active && switches.twins !== "accept")
      checkDuplicates(input, store, Number(switches.twins));
    const entry = store.add({ ...input, ...asStored(input, switches), active, secret });
    return { webhook_subscription: store.present(entry) };
  },

  updateWebhookSubscription: (
    { path, body: { webhook_subscription: input } },
    { store, switches },
  ) => {
    const entry = store.find(path.webhook_subscription_id);
    if (!entry) throw refuseId(path.webhook_subscription_id);
    checkWebhookUrl(input.webhook_url, switches);
    const {
      active = switches.putWithoutActive === "keep" ? entry.active : true,
      secret = switches.putWithoutSecret === "keep" ? entry.secret : "",
    } = ownMembers(input);
    store.update(entry, { ...input, ...asStored(input, switches), active, secret });
    return { webhook_subscription: store.present(entry) };
  },

  deleteWebhookSubscription: ({ path }, { store, switches, pending }) => {
    const entry = store.find(path.webhook_subscription_id);
    const { deletion, missingId } = switches;
    if (!entry) {
      if (missingId === "404") throw refuseId(path.webhook_subscription_id);
    } else if (deletion === "now") {
      store.remove(entry);
    } else if (deletion === "soft") {
      store.update(entry, { ...entry, active: false });
    } else {
      // The request itself counts, too, when it has been processed.
      pending.add(deletion.afterRequests + 1, () => {
        store.remove(entry);
      });
    }
    return undefined;
  },
};

type Fields = components["schemas"]["WebhookSubscriptionInput"];

/** The URL and the events that the server stores for an input. */
function asStored(
  { webhook_url, events }: Fields,
  { storedUrl, storedEvents }: SandboxSwitches,
): Pick<Fields, "webhook_url" | "events"> {
  // A server may store names that the document does not list.
  return { webhook_url: storedUrl(webhook_url), events: [...storedEvents(events)] as EventName[] };
}

/** @throws {Refusal} when an active subscription delivers one of the events to the same URL. */
function checkDuplicates({ webhook_url, events }: Fields, store: Store, status: number): void {
  const isHere = (url: string): boolean =>
    isWebUrl(url) && isWebUrl(webhook_url) && comparableUrl(url) === comparableUrl(webhook_url);
  const event = events.find((name) =>
    store.findSubscribers(name).some((other) => isHere(other.webhook_url)),
  );
  if (event === undefined) return;
  throw new Refusal(status, "The request is not valid", {
    errors: [`webhook_subscription.events: ${event} is already delivered to this URL`],
  });
}

function refuseId(id: number): Refusal {
  return new Refusal(404, `Webhook subscription ${id} does not exist`);
}

function checkWebhookUrl(url: string, { invalidInput }: SandboxSwitches): void {
  if (invalidInput === "accept" || isWebUrl(url)) return;
  throw new Refusal(422, "The request is not valid", {
    errors: ["webhook_subscription.webhook_url must be an absolute http or https URL"],
  });
}
