import { listen } from "#sandbox/listen";
import { checkFault } from "./faults/check-fault.js";
import { checkOptions } from "./check-options.js";
import { checkSwitches } from "./check-switches.js";
import { emitEvent } from "./deliveries/emit.js";
import type { Respond } from "./wire/listen.js";
import { createPost } from "./deliveries/post.js";
import { respond } from "./respond.js";
import type { Sandbox } from "./sandbox.js";
import type { SandboxOptions } from "./sandbox-options.js";
import { sleep as sleepWithTimer } from "../checks/sleep.js";
import { createState, type SandboxState } from "./state.js";
import { DEFAULT_SWITCHES, type SandboxSwitches } from "./switches.js";
import { toResponse } from "./wire/to-response.js";

/** A sandbox, and the function that answers its requests, for a port that it shares with another server. */
export interface SandboxParts {
  readonly sandbox: Sandbox<string>;
  readonly respond: Respond;
}

/** The implementation of `createSandbox`. */
export function createSandboxParts(options: SandboxOptions = {}): SandboxParts {
  const {
    token,
    receivers = {},
    switches: switchesOption = {},
    faults = [],
    now = Date.now,
    sleep = sleepWithTimer,
    random = Math.random,
    fetch: fetchOption,
    allowUnknownEvents = false,
    onRequest,
    onDelivery,
  } = checkOptions(options);
  const initialSwitches = { ...DEFAULT_SWITCHES, ...withoutUndefined(switchesOption) };
  const post = createPost(receivers, fetchOption);
  const begin = (): SandboxState =>
    createState(now, faults, () => switches, { onRequest, onDelivery });
  let switches: SandboxSwitches = initialSwitches;
  let state = begin();

  const reply: Respond = (request) => respond(request, { state, token, switches, sleep, random });

  const sandbox: Sandbox<string> = {
    fetch: async (input, init) => {
      const request =
        input instanceof Request && init === undefined ? input : new Request(input, init);
      return toResponse(await reply(request), request);
    },
    emit: (event, data) =>
      emitEvent(event, data, { ...state, post, sleep, switches, now, allowUnknownEvents }),
    get subscriptions() {
      return state.store.listAll();
    },
    get deliveries() {
      return state.deliveries.list();
    },
    get requests() {
      return state.requests.list();
    },
    listen: (listenOptions) => listen(reply, listenOptions),
    inject: (fault) => {
      return state.faults.add(checkFault(fault, "fault"));
    },
    settle: () => {
      state.pending.settle();
    },
    get switches() {
      return { ...switches };
    },
    setSwitches: (changes) => {
      // A switch that is set to undefined gets its default, which may also be undefined.
      const checked = Object.entries(checkSwitches(changes)).map(([name, value]) => [
        name,
        value ?? DEFAULT_SWITCHES[name as keyof SandboxSwitches], // They have been checked.
      ]);
      switches = { ...switches, ...(Object.fromEntries(checked) as Partial<SandboxSwitches>) };
    },
    reset: () => {
      switches = initialSwitches;
      state = begin();
    },
  };
  return { sandbox, respond: reply };
}

/** A switch that is set to undefined counts as left out. */
function withoutUndefined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<T>; // Object.entries forgets the names of the keys.
}
