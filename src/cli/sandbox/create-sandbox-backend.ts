import { EVENT_NAMES } from "../../../generated/constants.js";
import { InvalidInputError } from "../../errors/invalid-input-error.js";
import type { Delivery, Sandbox, SandboxRequest } from "../../sandbox/index.js";
import type { Io } from "../io.js";
import type { PageBackend } from "../page/page-backend.js";
import { PageError } from "../page/page-error.js";
import { createPageLog } from "../page/page-log.js";
import type { PageState } from "../page/protocol.js";
import { describeDelivery, describeRequest } from "./describe-traffic.js";
import { createPageFaults } from "./page-faults.js";
import { listPageSwitches, setPageSwitch } from "./page-switches.js";

/** The backend for the page of a sandbox, and the observers that feed it. */
export interface SandboxBackend extends PageBackend {
  readonly onRequest: (request: SandboxRequest) => void;
  readonly onDelivery: (delivery: Delivery) => void;
}

/** How many deliveries are kept to resend; the oldest are dropped first. */
const MOST = 1_000;

/** The sandbox accepts any token. */
const TOKEN = "page-of-the-sandbox";

/** @param post - resends a delivery, as the sandbox would. */
export function createSandboxBackend(
  api: Sandbox<string>,
  now: () => number,
  post: Io["fetch"],
): SandboxBackend {
  const log = createPageLog();
  const faults = createPageFaults(api);
  const ids = new WeakMap<Delivery, string>();
  const kept = new Map<string, Delivery>();
  let [lastDelivery, lastRequest, revision] = [0, 0, 0];

  const state = (): PageState => ({
    ...{ version: 1, revision, mode: "sandbox" },
    ...{ receiverPath: "", forwardTo: null, publicUrl: null },
    ...{ hasToken: true, hasSecret: false, events: EVENT_NAMES },
    faults: faults.list(),
    switches: listPageSwitches(api),
  });
  const publishState = (): void => {
    revision += 1;
    log.put("state", "state", state());
  };
  const keep = (delivery: Delivery): string => {
    const id = String(++lastDelivery);
    ids.set(delivery, id);
    kept.set(id, delivery);
    const [oldest] = kept.keys();
    if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    log.put("delivery", id, describeDelivery(id, delivery, now()));
    return id;
  };

  return {
    ...{ log, state },
    api: { fetch: api.fetch, baseUrl: "http://localhost", token: TOKEN },
    onDelivery: keep,
    onRequest: (request) => {
      const id = String(++lastRequest);
      log.put("request", id, describeRequest(id, request, now()));
    },
    sendExample: async ({ event, data }) => {
      const [first] = await emit(api, event, data);
      const id = first && ids.get(first);
      if (id !== undefined) return id;
      throw new PageError(409, "No active subscription has this event.");
    },
    resend: async (id) => {
      const delivery = kept.get(id);
      if (!delivery) throw new PageError(404, "This delivery is no longer kept.");
      return keep(await sendAgain(delivery, post));
    },
    forward: () => {
      throw new PageError(
        409,
        "The sandbox cannot forward a delivery: use `linq-webhooks listen`.",
      );
    },
    setFault: (name, isOn) => {
      faults.set(name, isOn);
      publishState();
    },
    setSwitch: (name, value) => {
      setPageSwitch(api, name, value);
      publishState();
    },
  };
}

async function emit(
  api: Sandbox<string>,
  event: string,
  data: Readonly<Record<string, unknown>> | undefined,
): Promise<Delivery[]> {
  const names: readonly string[] = EVENT_NAMES;
  if (!names.includes(event)) throw new PageError(404, "Unknown event.");
  try {
    return await api.emit(event, data);
  } catch (cause) {
    if (!(cause instanceof InvalidInputError)) throw cause;
    throw new PageError(422, `\`${cause.field}\` must be ${cause.expected}.`, { cause });
  }
}

/** In ms, like the API. */
const DEADLINE = 10_000;

async function sendAgain(delivery: Delivery, post: Io["fetch"]): Promise<Delivery> {
  const { url, headers, body } = delivery;
  const start = performance.now();
  const signal = AbortSignal.timeout(DEADLINE);
  const outcome = await post(url, {
    method: "POST",
    headers,
    body,
    redirect: "manual",
    signal,
  }).then(
    ({ status }) => ({ status, error: undefined }),
    (error: unknown) => ({ status: undefined, error: reasonOf(error) }),
  );
  const duration = performance.now() - start;
  return { ...delivery, ...outcome, duration, attempt: delivery.attempt + 1 };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
