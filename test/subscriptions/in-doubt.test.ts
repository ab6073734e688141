import { describe, expect, it } from "vitest";
import { composeClient, type LinqClient } from "../../src/client.js";
import {
  CreateOutcomeUnknownError,
  LinqApiError,
  type LinqClientOptions,
  UnexpectedRedirectError,
} from "../../src/index.js";
import type { FaultOf } from "../../src/sandbox/faults/fault.js";
import type { Fault } from "../../src/sandbox/index.js";
import { createFastClock } from "../support/fast-clock.js";
import { rejectionOf } from "../support/rejection.js";
import { createWorld, withoutLock, type World } from "../support/sandbox-client.js";

const input = {
  webhook_url: "https://example.com/hook",
  events: ["message.received", "message.sent"],
  secret: "a secret of the tests",
} as const;

/** In ms; only an answer that never comes takes longer. */
const TIMEOUT = 40;
const LONGEST_PAUSE = 8_000;

/** What happens to a write that is answered by a fault. */
type Write = NonNullable<FaultOf<"reset">["write"]>;

/** The answers to a POST that leave in doubt whether it was carried out. */
const DOUBTS: Readonly<Record<string, (write: Write) => Fault>> = {
  "a reset": (write) => ({ kind: "reset", write }),
  "a time-out before the headers": (write) => ({ kind: "stall", part: "headers", write }),
  "a time-out in the body": (write) => ({ kind: "stall", part: "body", write }),
  "a body that breaks off": (write) => ({ kind: "truncate", write }),
  "a 201 with half of the JSON": (write) => ({ kind: "garble", write }),
  "a 201 without a body": (write) => ({ kind: "empty", write }),
  "a 408": (write) => ({ kind: "status", status: 408, write }),
  "a 500": (write) => ({ kind: "status", status: 500, write }),
  "a 502 in HTML": (write) => ({ kind: "html", status: 502, write }),
  "a 503 without a time": (write) => ({ kind: "status", status: 503, write }),
  "a 504 in HTML": (write) => ({ kind: "html", status: 504, write }),
};

const WRITES: Readonly<Record<string, Write>> = {
  "had not written": "none",
  "had written": "done",
  "writes while the first look is under way": { afterRequests: 0 },
  "writes after the first look": { afterRequests: 1 },
  "writes after the second post": { afterRequests: 2 },
  "writes after everything but the last look": { afterRequests: 1_000 },
};

const CASES = Object.entries(DOUBTS).flatMap(([doubt, toEffect]) =>
  Object.entries(WRITES).map(([fate, write]) => ({ doubt, fate, effect: toEffect(write) })),
);

/** A client without a lock, whose longest pause is long enough for every late write to land. */
function connect(world: World, options: LinqClientOptions = {}): LinqClient<string> {
  const clock = createFastClock((ms) => {
    if (ms === LONGEST_PAUSE) world.sandbox.settle();
  });
  const { fetch } = world.sandbox;
  const fixed = { token: "any-token", fetch, timeout: TIMEOUT, lock: withoutLock };
  return composeClient({ ...fixed, ...options }, clock);
}

function countPosts({ methods }: World): number {
  return methods().filter((method) => method === "POST").length;
}

const EXACTLY_ONCE = {
  [`message.received ${input.webhook_url}`]: 1,
  [`message.sent ${input.webhook_url}`]: 1,
};

describe.each(CASES)("when the server answers a POST with $doubt and $fate", ({ effect, fate }) => {
  it("ensure ends with every event delivered exactly once, and returns that result", async () => {
    const world = createWorld({ faults: [{ operation: "createWebhookSubscription", ...effect }] });
    const result = await connect(world).webhookSubscriptions.ensure(input);
    expect(world.countDeliveries()).toEqual(EXACTLY_ONCE);
    expect(result).toEqual({ outcome: "created", subscriptions: world.sandbox.subscriptions });
    if (fate === "had written") expect(countPosts(world)).toBe(1);
  });

  it("create ends with one subscription, and returns it", async () => {
    const world = createWorld({ faults: [{ operation: "createWebhookSubscription", ...effect }] });
    const created = await connect(world).webhookSubscriptions.create(input);
    expect(world.sandbox.subscriptions).toEqual([created]);
    expect(created.events).toEqual(input.events);
  });

  it("`allowDuplicate` posts once, and finds it or throws CreateOutcomeUnknownError", async () => {
    const world = createWorld();
    const { id } = await world.linq.webhookSubscriptions.create(input);
    world.sandbox.inject({ operation: "createWebhookSubscription", ...effect });
    const posts = countPosts(world);
    const outcome = await connect(world)
      .webhookSubscriptions.create(input, { allowDuplicate: true })
      .catch((error: unknown) => error);
    expect(countPosts(world)).toBe(posts + 1);
    const landed = world.sandbox.subscriptions.filter((subscription) => subscription.id !== id);
    if (fate === "had not written") {
      expect(landed).toEqual([]);
      expect(outcome).toBeInstanceOf(CreateOutcomeUnknownError);
    } else {
      expect(landed).toEqual([outcome]);
    }
  });
});

describe.each([
  ["a 429 with a time", { kind: "status", status: 429, retryAfter: 1 }],
  ["a 429 without one", { kind: "status", status: 429 }],
  ["a 503 with a time", { kind: "status", status: 503, retryAfter: 2 }],
] satisfies [string, Fault][])("when a POST is refused with %s", (_name, effect) => {
  it("ensure waits and posts again, because nothing was written", async () => {
    const world = createWorld({
      faults: [{ operation: "createWebhookSubscription", times: 2, ...effect }],
    });
    const { outcome } = await connect(world).webhookSubscriptions.ensure(input);
    expect(outcome).toBe("created");
    expect(countPosts(world)).toBe(3);
    expect(world.countDeliveries()).toEqual(EXACTLY_ONCE);
  });

  it("ensure gives up only when its time is up, with the error of the API", async () => {
    const world = createWorld({
      faults: [{ operation: "createWebhookSubscription", times: Infinity, ...effect }],
    });
    const error = await rejectionOf(connect(world).webhookSubscriptions.ensure(input));
    expect(error).toBeInstanceOf(LinqApiError);
    expect(error).toMatchObject({ status: effect.status });
    expect(countPosts(world)).toBeGreaterThan(3);
  });
});

describe("when a POST is refused for good", () => {
  it.each([400, 401, 403, 404, 409, 422])("ensure posts only once after a %d", async (status) => {
    const world = createWorld({
      faults: [{ operation: "createWebhookSubscription", kind: "status", status }],
    });
    const error = await rejectionOf(connect(world).webhookSubscriptions.ensure(input));
    expect(error).toMatchObject({ code: "api_error", status });
    expect(countPosts(world)).toBe(1);
  });

  it("ensure posts only once after a redirect", async () => {
    const world = createWorld({
      faults: [
        {
          operation: "createWebhookSubscription",
          kind: "redirect",
          status: 307,
          location: "https://example.com/elsewhere",
        },
      ],
    });
    const error = await rejectionOf(connect(world).webhookSubscriptions.ensure(input));
    expect(error).toBeInstanceOf(UnexpectedRedirectError);
    expect(world.methods()).toEqual(["GET", "POST"]);
  });
});

describe("when the outcome cannot be known", () => {
  it.each([422, 401, 429])(
    "ensure throws CreateOutcomeUnknownError after a %d if an earlier post may still land",
    async (status) => {
      const operation = "createWebhookSubscription";
      const world = createWorld({
        faults: [
          { operation, kind: "html", status: 504, write: { afterRequests: 40 } },
          { operation, kind: "status", status, retryAfter: 3_600 },
        ],
      });
      const error = await rejectionOf(connect(world).webhookSubscriptions.ensure(input));
      expect(error).toBeInstanceOf(CreateOutcomeUnknownError);
      expect(error).toMatchObject({ cause: { status } });
    },
  );

  it("create throws CreateOutcomeUnknownError if two are found that may be intended", async () => {
    const operation = "createWebhookSubscription";
    const world = createWorld({ faults: [{ operation, kind: "reset", write: "done" }] });
    const fetch: typeof globalThis.fetch = (url, init) => {
      const answer = world.sandbox.fetch(url, init);
      if (init?.method !== "POST") return answer;
      return answer.catch(async (error: unknown) => {
        // Somebody else creates the same in the meantime.
        await world.linq.webhookSubscriptions.create(input, { allowDuplicate: true });
        throw error;
      });
    };
    const { create } = connect(world, { fetch }).webhookSubscriptions;
    const error = await rejectionOf(create(input, { allowDuplicate: true }));
    expect(error).toBeInstanceOf(CreateOutcomeUnknownError);
    expect(String(error)).toContain("more than one");
  });

  it("ensure throws with advice after its last post, and the next ensure repairs it", async () => {
    const world = createWorld({
      faults: [{ operation: "createWebhookSubscription", kind: "reset", times: 3 }],
    });
    const { webhookSubscriptions } = connect(world);
    const error = await rejectionOf(webhookSubscriptions.ensure(input));
    expect(error).toBeInstanceOf(CreateOutcomeUnknownError);
    expect(error).toMatchObject({
      events: input.events,
      webhookUrl: input.webhook_url,
      cause: { code: "connection_error", systemCode: "ECONNRESET" },
    });
    expect(String(error)).toContain("call `ensure` with the same input");
    expect(countPosts(world)).toBe(3);
    await webhookSubscriptions.ensure(input);
    expect(world.countDeliveries()).toEqual(EXACTLY_ONCE);
  });

  it.each(["ensure", "create"] as const)(
    "%s throws CreateOutcomeUnknownError if the list cannot be read",
    async (method) => {
      const world = createWorld({
        faults: [
          { operation: "createWebhookSubscription", kind: "reset", write: "done" },
          {
            operation: "listWebhookSubscriptions",
            kind: "html",
            status: 502,
            skip: 1,
            times: Infinity,
          },
        ],
      });
      const error = await rejectionOf(connect(world).webhookSubscriptions[method](input));
      expect(error).toBeInstanceOf(CreateOutcomeUnknownError);
      expect(error).toMatchObject({ cause: { code: "api_error", status: 502 } });
      expect(countPosts(world)).toBe(1);
    },
  );

  it("ensure throws CreateOutcomeUnknownError when the total timeout ends", async () => {
    const world = createWorld({
      faults: [
        { operation: "createWebhookSubscription", kind: "stall", part: "headers", write: "done" },
      ],
    });
    const limits = { timeout: 1_000, totalTimeout: TIMEOUT };
    const error = await rejectionOf(connect(world, limits).webhookSubscriptions.ensure(input));
    expect(error).toBeInstanceOf(CreateOutcomeUnknownError);
    expect(error).toMatchObject({ cause: { code: "timeout", phase: "total" } });
  });

  it("ensure rejects with the caller's reason when the caller aborts", async () => {
    const world = createWorld({
      faults: [{ operation: "createWebhookSubscription", kind: "stall", part: "headers" }],
    });
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    world.sandbox.inject({
      operation: "createWebhookSubscription",
      kind: "latency",
      ms: 0,
      when: () => {
        queueMicrotask(() => {
          controller.abort(reason);
        });
        return true;
      },
    });
    const { signal } = controller;
    const ensuring = connect(world).webhookSubscriptions.ensure(input, { signal });
    expect(await rejectionOf(ensuring)).toBe(reason);
  });
});

describe("when a list does not immediately show what was created", () => {
  it.each([1, 2, 3, 4])("ensure delivers exactly once, %d requests late", async (requests) => {
    const world = createWorld({
      faults: [{ operation: "createWebhookSubscription", kind: "hide", requests }],
    });
    await connect(world).webhookSubscriptions.ensure(input);
    expect(world.countDeliveries()).toEqual(EXACTLY_ONCE);
  });
});

describe("when an update or a deletion is in doubt", () => {
  it.each(["none", "done", { afterRequests: 1 }] satisfies Write[])(
    "ensure still removes duplicates (write: %j)",
    async (write) => {
      const world = createWorld();
      const { create } = world.linq.webhookSubscriptions;
      await create({ ...input, events: ["message.sent"] });
      await create(input, { allowDuplicate: true });
      await create({ ...input, events: ["message.received"] }, { allowDuplicate: true });
      const operation = ["updateWebhookSubscription", "deleteWebhookSubscription"] as const;
      world.sandbox.inject({ operation, kind: "reset", times: 2, write });
      await connect(world).webhookSubscriptions.ensure(input);
      expect(world.countDeliveries()).toEqual(EXACTLY_ONCE);
    },
  );

  it("update leaves no duplicate behind when its write has landed and no answer came", async () => {
    const world = createWorld();
    const { create } = world.linq.webhookSubscriptions;
    await create({ ...input, events: ["message.sent"] });
    await create({ ...input, events: ["message.received"] });
    const operation = "updateWebhookSubscription";
    world.sandbox.inject({ operation, kind: "reset", write: "done", times: 3 });
    // Another client adds the same event at the same time.
    world.sandbox.inject({
      operation,
      kind: "latency",
      ms: 0,
      when: () => {
        void world.linq.webhookSubscriptions.create(
          { ...input, events: ["message.read"] },
          { allowDuplicate: true },
        );
        return false;
      },
      times: 1,
    });
    const { update } = connect(world).webhookSubscriptions;
    const patch = { events: ["message.received", "message.read"], secret: input.secret };
    expect(await rejectionOf(update(2, patch))).toMatchObject({ code: "connection_error" });
    const counts = world.countDeliveries();
    expect(counts[`message.read ${input.webhook_url}`]).toBe(1);
  });

  it("delete succeeds if its second attempt finds nothing", async () => {
    const world = createWorld();
    const { id } = await world.linq.webhookSubscriptions.create(input);
    const operation = "deleteWebhookSubscription";
    world.sandbox.inject({ operation, kind: "reset", write: "done" });
    await connect(world).webhookSubscriptions.delete(id);
    expect(world.sandbox.subscriptions).toEqual([]);
    expect(world.methods().slice(-2)).toEqual(["DELETE", "DELETE"]);
  });
});
