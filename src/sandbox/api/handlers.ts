import type { operations } from "../../../generated/openapi.js";
import type { OPERATIONS } from "../../../generated/operations.js";
import { paginate } from "./paginate.js";
import type { OperationInput } from "./read-input.js";
import { Refusal } from "./refusal.js";
import type { OperationId } from "./router.js";
import type { Store } from "./store.js";
import type { SandboxSwitches } from "../switches.js";
import { isWebUrl } from "../web-url.js";

/**
 * Carries out an operation and gives the body of its answer.
 *
 * @throws {Refusal} for what only the state or the meaning of a value can tell.
 */
export function handle(id: OperationId, input: OperationInput, context: HandlerContext): unknown {
  // The validators of this very operation have seen the input, so it is what its handler takes.
  const handler = HANDLERS[id] as (input: OperationInput, context: HandlerContext) => unknown;
  return handler(input, context);
}

/** What an operation works on. */
export interface HandlerContext {
  readonly store: Store;
  readonly switches: SandboxSwitches;
}

/** The JSON of a request or an answer in the generated types; undefined where there is none. */
type Json<Part> = Part extends { content: { "application/json": infer Body } } ? Body : undefined;

interface Input<Id extends OperationId> {
  readonly path: operations[Id]["parameters"]["path"];
  readonly query: URLSearchParams;
  readonly body: Json<operations[Id]["requestBody"]>;
}

type Output<Id extends OperationId> = (typeof OPERATIONS)[Id]["status"] extends infer Status extends
  keyof operations[Id]["responses"]
  ? Json<operations[Id]["responses"][Status]>
  : never;

const HANDLERS: {
  [Id in OperationId]: (input: Input<Id>, context: HandlerContext) => Output<Id>;
} = {
  listWebhookSubscriptions: ({ query }, { store, switches }) =>
    paginate(store.list(), switches.pageSize, query.get("page")),

  createWebhookSubscription: ({ body: { webhook_subscription: input } }, { store, switches }) => {
    checkWebhookUrl(input.webhook_url, switches);
    const { active = switches.activeDefault, secret = "" } = input;
    const entry = store.add({ ...input, active, secret });
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
    } = input;
    store.update(entry, { ...input, active, secret });
    return { webhook_subscription: store.present(entry) };
  },

  deleteWebhookSubscription: ({ path }, { store, switches }) => {
    const entry = store.find(path.webhook_subscription_id);
    if (entry) store.remove(entry);
    else if (switches.missingId === "404") throw refuseId(path.webhook_subscription_id);
    return undefined;
  },
};

function refuseId(id: number): Refusal {
  return new Refusal(404, `There is no webhook subscription ${id}`);
}

function checkWebhookUrl(url: string, { invalidInput }: SandboxSwitches): void {
  if (invalidInput === "accept" || isWebUrl(url)) return;
  throw new Refusal(422, "The request is not valid", {
    errors: ["webhook_subscription.webhook_url must be an absolute http or https URL"],
  });
}
