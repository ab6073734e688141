import type { LinqClient, LinqClientOptions } from "linq-webhooks";
import { expectEqual, rejectionOf } from "../expect.js";
import { type ApiFact, apiFact } from "../fact.js";
import { withHeldTime, withoutPauses } from "../timers.js";
import { TOKEN } from "../world.js";

const LIST = "GET /api/partner/v2/webhook_subscriptions";

/** What the transport does with answers, and with answers that never arrive. */
export const REQUEST_FACTS: readonly ApiFact[] = [
  apiFact("ends an attempt whose timeout ends before the headers", async (open, { client }) => {
    const world = await open([{ kind: "stall", part: "headers" }]);
    const error = await rejectionOf(
      world.connect({ timeout: 50, maxRetries: 0 }).webhookSubscriptions.list(),
    );
    expectEqual(error instanceof client.LinqTimeoutError && error.phase, "headers", "the phase");
  }),
  apiFact("ends an attempt whose timeout ends within the body", async (open, { client }) => {
    const world = await open([{ kind: "stall", part: "body" }]);
    await withHeldTime(async (pass) => {
      const fetch: typeof globalThis.fetch = async (input, init) => {
        const response = await world.fetch(input, init);
        pass(50);
        return response;
      };
      const linq = world.connect({ fetch, timeout: 50, maxRetries: 0 });
      const error = await rejectionOf(linq.webhookSubscriptions.list());
      expectEqual(error instanceof client.LinqTimeoutError && error.phase, "body", "the phase");
    });
  }),
  apiFact("refuses a redirect, and sends nothing to its target", async (open, { client }) => {
    const world = await open([{ kind: "redirect", status: 307, location: "elsewhere" }]);
    const error = await rejectionOf(world.connect().webhookSubscriptions.list());
    expectEqual(error instanceof client.UnexpectedRedirectError, true, "its class");
    expectEqual(await world.requests(), [LIST], "the requests");
  }),
  apiFact("rejects with the caller's own reason when the caller aborts", async (open) => {
    const world = await open([{ kind: "stall", part: "headers" }]);
    const { signal, abort } = createAbort();
    const fetch: typeof globalThis.fetch = (input, init) => {
      const answer = world.fetch(input, init);
      queueMicrotask(abort);
      return answer;
    };
    const listing = world.connect({ fetch }).webhookSubscriptions.list({ signal });
    expectEqual((await rejectionOf(listing)) === signal.reason, true, "the reason");
  }),
  apiFact("waits as long as Retry-After says", (open) =>
    withoutPauses(async (pauses) => {
      const world = await open([{ kind: "status", status: 429, retryAfter: 7 }]);
      const delays: unknown[] = [];
      const linq = world.connect({ onAttempt: ({ retryDelay }) => delays.push(retryDelay) });
      expectEqual(await linq.webhookSubscriptions.list(), [], "the list");
      expectEqual(delays, [7_000, undefined], "the delays");
      expectEqual(pauses, [7_000], "the pauses");
    }),
  ),
  apiFact(
    "throws errors of the class and code that the documentation names",
    async (open, { client }) => {
      const once = { maxRetries: 0 };
      const kinds: Record<string, [Faults, (linq: LinqClient) => Promise<unknown>, Class]> = {
        not_found: [
          [],
          (linq) => linq.webhookSubscriptions.get(7),
          client.SubscriptionNotFoundError,
        ],
        api_error: [
          [{ kind: "status", status: 403 }],
          (linq) => linq.webhookSubscriptions.list(),
          client.LinqApiError,
        ],
        invalid_response: [
          [{ kind: "html", status: 200 }],
          (linq) => linq.webhookSubscriptions.list(),
          client.InvalidResponseError,
        ],
        connection_error: [
          [{ kind: "reset", times: 9 }],
          (linq) => linq.webhookSubscriptions.list(once),
          client.LinqConnectionError,
        ],
        create_outcome_unknown: [
          [{ kind: "reset", times: Number.MAX_SAFE_INTEGER, skip: 1 }],
          (linq) =>
            linq.webhookSubscriptions.create(
              { webhook_url: "https://example.com/hook", events: ["message.read"] },
              once,
            ),
          client.CreateOutcomeUnknownError,
        ],
        invalid_input: [[], (linq) => linq.webhookSubscriptions.get(0.5), client.InvalidInputError],
      };
      await withoutPauses(async () => {
        for (const [code, [faults, task, type]] of Object.entries(kinds)) {
          const error = await rejectionOf(task((await open(faults)).connect()));
          expectEqual(error instanceof type && error instanceof Error, true, `${code}: its class`);
          expectEqual(client.isLinqError(error) && error.code, code, "its code");
          expectEqual(error instanceof Error && error.name, type.name, "its name");
        }
      });
    },
  ),
  apiFact("hides the token from every error", async (open, { client }) => {
    const world = await open();
    const failures: LinqClientOptions["fetch"][] = [
      (_input, init) => Promise.reject(new TypeError(`cannot send ${tokenIn(init)}`)),
      (_input, init) => Promise.resolve(new Response(`no ${tokenIn(init)}`, { status: 403 })),
      (_input, init) => Promise.resolve(new Response(`<p>${tokenIn(init)}</p>`)),
    ];
    for (const fetch of failures) {
      const linq = world.connect({ fetch, token: TOKEN, maxRetries: 0 });
      const error = await rejectionOf(linq.webhookSubscriptions.list());
      expectEqual(client.isLinqError(error), true, "a LinqError");
      expectEqual(visibleText(error).includes(TOKEN), false, "that it is seen");
    }
  }),
];

type Faults = NonNullable<Parameters<Parameters<ApiFact["show"]>[0]>[0]>;
type Class = abstract new (...args: never[]) => Error;

function createAbort(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    abort: () => {
      controller.abort(new Error("enough"));
    },
  };
}

function tokenIn(init: RequestInit | undefined): string {
  const token = new Headers(init?.headers).get("X-LINQ-INTEGRATION-TOKEN");
  expectEqual(token, TOKEN, "the token that was sent");
  return token ?? "";
}

/** Everything that can be read in an error: its texts, its fields, and those of its causes. */
function visibleText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const fields = JSON.stringify(Object.entries(error));
  return [error.message, error.stack, String(error), fields, visibleText(error.cause)].join("\n");
}
