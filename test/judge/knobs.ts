import type { LoggedRequest } from "./request-log.js";
import type { Respelling } from "./respell.js";
import type { Method } from "./route.js";

/** A chance from 0 to 1, for every method or for each of some. */
export type Chances = number | Readonly<Partial<Record<Method, number>>>;

/** How often something goes wrong before the write, and after it. */
interface FaultChances {
  /**
   * Nothing has been done.
   *
   * @default 0
   */
  readonly before?: Chances;
  /**
   * All has been done.
   *
   * @default 0
   */
  readonly after?: Chances;
}

/** How the judge behaves. Each default is the plain server of the vendor's page. */
export interface Knobs {
  /**
   * How old the list is at most, in ms. Writes always meet the true rows.
   *
   * @default 0
   */
  readonly lag: number;
  /**
   * Which moment a list shows: `fixed` the one `lag` ago; `replica` that of one of `replicas`;
   * `readYourWrites` a client's own writes at once and those of others after `lag`; `backInTime`
   * a random moment within `lag`, so that a list can be older than the one before; `frozen`
   * the one in which this knob was set, for ever.
   *
   * @default "fixed"
   */
  readonly lagKind: "fixed" | "replica" | "readYourWrites" | "backInTime" | "frozen";
  /**
   * How many replicas there are; the first has no lag, the last has all of it, those between have
   * their share.
   *
   * @default 2
   */
  readonly replicas: number;
  /**
   * Which replica answers a list.
   *
   * @default "roundRobin"
   */
  readonly replicaChoice: "roundRobin" | "random";
  /**
   * Which id a new row gets; `reused` is the lowest that is free, `text` is ascending and sent as
   * a JSON string.
   *
   * @default "ascending"
   */
  readonly ids: "ascending" | "descending" | "random" | "reused" | "text";
  /**
   * The order of the list, by id.
   *
   * @default "ascending"
   */
  readonly order: "ascending" | "descending" | "shuffled";
  /**
   * How the URL that is stored differs from the one that was sent; applied one after the other.
   *
   * @default []
   */
  readonly respell: readonly Respelling[];
  /**
   * How the events that are stored differ from those that were sent: in another order, only the
   * first so many, without one, or with one more.
   *
   * @default "asSent"
   */
  readonly events:
    | "asSent"
    | "shuffled"
    | { readonly capped: number }
    | { readonly dropped: string }
    | { readonly added: string };
  /**
   * What a POST is answered with.
   *
   * @default 201
   */
  readonly postStatus: 201 | 200;
  /**
   * What `active` is after a POST without it.
   *
   * @default true
   */
  readonly postActive: boolean;
  /**
   * What a DELETE is answered with.
   *
   * @default 204
   */
  readonly deleteStatus: 204 | 200 | 202;
  /**
   * How long a deleted row stays and delivers after the answer, in ms.
   *
   * @default 0
   */
  readonly deleteDelay: number;
  /**
   * Whether a DELETE leaves the row in the list, with `active` false.
   *
   * @default false
   */
  readonly softDelete: boolean;
  /**
   * What `active` is after a PUT: `kept` as it was where the PUT is without it, `reset` to true
   * where the PUT is without it, or `alwaysTrue` whatever the PUT says.
   *
   * @default "kept"
   */
  readonly putActive: "kept" | "reset" | "alwaysTrue";
  /**
   * What happens to the secret in a PUT without one.
   *
   * @default "kept"
   */
  readonly putSecret: "kept" | "cleared";
  /**
   * Whether a POST that would deliver an event a second time is refused, and with which status.
   *
   * @default "off"
   */
  readonly unique: "off" | 409 | 422;
  /**
   * What such a POST is, beside an active row of the same URL: one with the same set of `events`,
   * or one that shares any event (`overlap`).
   *
   * @default "events"
   */
  readonly uniqueBy: "events" | "overlap";
  /**
   * Which PUT or DELETE a gateway answers with a 404 in HTML, so that it never reaches the row: by
   * chance, by method, or by a rule of the test.
   *
   * @default 0
   */
  readonly gateway404: number | readonly Method[] | ((request: LoggedRequest) => boolean);
  /**
   * How often a request is answered with 500.
   *
   * @default {}
   */
  readonly errors: FaultChances;
  /**
   * How often the connection is cut instead of an answer.
   *
   * @default {}
   */
  readonly cuts: FaultChances;
  /**
   * How often a write is answered with 504 and is carried out `delay` ms later.
   *
   * @default { chance: 0, delay: 0 }
   */
  readonly lateWrites: { readonly chance: Chances; readonly delay: number };
  /**
   * How many requests a second are let through, those of all clients together; the others get a
   * 429. `sliding` counts the last 1,000 ms; `bucket` starts full and refills evenly.
   *
   * @default undefined: all of them
   */
  readonly rateLimit:
    | {
        /** At least 1. */
        readonly perSecond: number;
        /** @default "sliding" */
        readonly kind?: "sliding" | "bucket";
        /**
         * Whether the 429 has `Retry-After`, in whole seconds.
         *
         * @default true
         */
        readonly retryAfter?: boolean;
      }
    | undefined;
  /**
   * The shortest and the longest way of a request to the rows, in ms, and of its answer back.
   *
   * @default [0, 0]
   */
  readonly latency: readonly [min: number, max: number];
  /**
   * How often an event is delivered, in ms between two; each moves `last_delivered_at` and
   * `delivery_attempts` of a random active row, and `updated_at` too if it is told to.
   *
   * @default undefined: never
   */
  readonly traffic: { readonly every: number; readonly touchesUpdatedAt?: boolean } | undefined;
}

export const PLAIN_KNOBS: Knobs = {
  lag: 0,
  lagKind: "fixed",
  replicas: 2,
  replicaChoice: "roundRobin",
  ids: "ascending",
  order: "ascending",
  respell: [],
  events: "asSent",
  postStatus: 201,
  postActive: true,
  deleteStatus: 204,
  deleteDelay: 0,
  softDelete: false,
  putActive: "kept",
  putSecret: "kept",
  unique: "off",
  uniqueBy: "events",
  gateway404: 0,
  errors: {},
  cuts: {},
  lateWrites: { chance: 0, delay: 0 },
  rateLimit: undefined,
  latency: [0, 0],
  traffic: undefined,
};
