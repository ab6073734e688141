import type { Fault, Sandbox } from "../../sandbox/index.js";
import { PageError } from "../page/page-error.js";
import type { PageFault } from "../page/protocol.js";

/** The faults of a sandbox that the page can turn on and off. */
export interface PageFaults {
  readonly list: () => PageFault[];
  /** @throws {PageError} for an unknown name. */
  readonly set: (name: string, isOn: boolean) => void;
}

const ALL = { times: Infinity } as const;

/** Faults for every later request. */
const FAULTS: Readonly<Record<string, Fault>> = {
  "latency 2 s": { kind: "latency", ms: 2_000, ...ALL },
  "status 500": { kind: "status", status: 500, ...ALL },
  "status 503, Retry-After 2": { kind: "status", status: 503, retryAfter: 2, ...ALL },
  "status 429": { kind: "status", status: 429, ...ALL },
  "html 502": { kind: "html", status: 502, ...ALL },
  "html 404": { kind: "html", status: 404, ...ALL },
  reset: { kind: "reset", ...ALL },
  "reset after the write": { kind: "reset", write: "done", ...ALL },
  stall: { kind: "stall", ...ALL },
  truncate: { kind: "truncate", ...ALL },
  garble: { kind: "garble", write: "done", ...ALL },
  empty: { kind: "empty", write: "done", ...ALL },
  redirect: { kind: "redirect", status: 307, location: "https://example.com/", ...ALL },
  "hide new ones for 5 requests": { kind: "hide", requests: 5, ...ALL },
  "freeze the list": { kind: "freeze", ...ALL },
};

export function createPageFaults({ inject }: Pick<Sandbox, "inject">): PageFaults {
  /** The function that removes each active fault. */
  const on = new Map<string, () => void>();
  return {
    list: () => Object.keys(FAULTS).map((name) => ({ name, isOn: on.has(name) })),
    set: (name, isOn) => {
      const fault = Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined;
      if (!fault) throw new PageError(404, "Unknown fault.");
      if (isOn === on.has(name)) return;
      on.get(name)?.();
      if (isOn) on.set(name, inject(fault));
      else on.delete(name);
    },
  };
}
