import { describe, expect, test } from "vitest";
import { OPERATIONS } from "../../../generated/operations.js";
import type { FaultOf } from "../../../src/sandbox/faults/fault.js";
import type { Fault, Sandbox } from "../../../src/sandbox/index.js";
import type { OperationId, OwnOperationId } from "../../../src/sandbox/api/router.js";
import { buildInput, buildRequest, callApi, subscribe } from "../call-api.js";
import { findObjections } from "../find-objections.js";
import { SEAMS } from "../seams.js";
import { type Seen, seeAnswer } from "../see-answer.js";

/** What a client sees; "own" is the status without the fault. */
interface Expected {
  readonly status: number | "own" | undefined;
  readonly body?: "half" | "none" | "html" | "error" | "any";
  readonly error?: string;
}

const RESET: Expected = { status: undefined, body: "none", error: "ECONNRESET" };
const STUCK: Expected = { status: undefined, body: "none", error: "gave up" };

/** What a client sees of an answer with a body, and of one without. */
const CASES: [name: string, Fault, withBody: Expected, withoutBody?: Expected][] = [
  ["reset", { kind: "reset" }, RESET],
  ["stalled headers", { kind: "stall", part: "headers" }, STUCK],
  ["stall", { kind: "stall" }, { status: "own", body: "half", error: "gave up" }, STUCK],
  // The half that arrived may be lost when a client learns of the broken connection.
  [
    "truncate",
    { kind: "truncate" },
    { status: "own", body: "any", error: "UND_ERR_SOCKET" },
    RESET,
  ],
  ["html", { kind: "html", status: 502 }, { status: 502, body: "html" }],
  ["status", { kind: "status", status: 503 }, { status: 503, body: "error" }],
  ["garble", { kind: "garble" }, { status: "own", body: "half" }],
  ["empty", { kind: "empty" }, { status: "own", body: "none" }],
];

const WRITES: [name: string, write: FaultOf<"reset">["write"], landsAfter: number][] = [
  ["left out", undefined, Infinity],
  ["none", "none", Infinity],
  ["done", "done", 0],
  ["with the answer", { afterRequests: 0 }, 0],
  ["after 2 requests", { afterRequests: 2 }, 2],
];

/** What an operation makes of the one existing subscription. */
const BEFORE = ["1 message.received"];
const AFTER: Record<OwnOperationId, string[]> = {
  listWebhookSubscriptions: BEFORE,
  createWebhookSubscription: [...BEFORE, "2 message.read"],
  updateWebhookSubscription: ["1 message.read"],
  deleteWebhookSubscription: [],
};

const OPERATION_IDS = Object.keys(AFTER) as OwnOperationId[]; // Object.keys forgets the names.

describe.each(SEAMS)("%s", (_seam, connect) => {
  describe.each(CASES)("%s", (_case, effect, withBody, withoutBody = withBody) => {
    describe.each(OPERATION_IDS.filter((id) => canHappen(effect, id)))("of %s", (operation) => {
      test.each(WRITES)("with write: %s", async (_name, write, landsAfter) => {
        const { sandbox, fetch, origin } = await connect();
        await subscribe(sandbox);
        let matched = (): void => undefined;
        const stuck = new Promise<void>((resolve) => (matched = resolve));
        const when = (): boolean => {
          matched();
          return true;
        };
        sandbox.inject({ ...effect, write, when } as Fault); // Each of the table has a write.
        const { status: success, body: takesBody } = OPERATIONS[operation];
        const expected = success === 204 ? withoutBody : withBody;
        const status = expected.status === "own" ? success : expected.status;
        const body = takesBody ? buildInput({ events: ["message.read"] }) : undefined;

        const seen = await seeAnswer(fetch, buildRequest(operation, { body, origin }), {
          ...(expected === STUCK && { stuck }),
          isHalfEnough: effect.kind === "stall",
        });

        expect(seen).toMatchObject({ status, error: expected.error });
        expectBody(seen, expected.body, operation);
        expect(sandbox.requests.at(-1)).toMatchObject({ status, fault: effect.kind });
        for (let further = 0; further <= 3; further++) {
          const state = further < landsAfter ? BEFORE : AFTER[operation];
          expect(describeState(sandbox)).toEqual(state);
          await callApi(sandbox, "listWebhookSubscriptions");
        }
      });
    });
  });
});

describe.each(SEAMS)("%s", (_seam, connect) => {
  test.each([301, 302, 303, 307, 308] as const)(
    "a redirect with %i is never followed and never writes",
    async (status) => {
      const { sandbox, fetch, origin } = await connect();
      const location = `${origin}/elsewhere`;
      sandbox.inject({ kind: "redirect", status, location });
      const sent = buildRequest("createWebhookSubscription", { body: buildInput(), origin });
      const seen = await seeAnswer(fetch, sent);
      expect(seen).toMatchObject({ status, text: "", error: undefined });
      expect(seen.headers?.get("location")).toBe(location);
      expect(sandbox.requests).toMatchObject([{ status, fault: "redirect" }]);
      expect(sandbox.subscriptions).toEqual([]);
    },
  );

  test.each([
    [10, "10"],
    [0, "0"],
    ["Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:28:00 GMT"],
    [undefined, null],
  ])("a 429 can ask to retry after %s", async (retryAfter, header) => {
    const { sandbox, fetch, origin } = await connect();
    sandbox.inject({ kind: "status", status: 429, retryAfter });
    const seen = await seeAnswer(fetch, buildRequest("listWebhookSubscriptions", { origin }));
    expect(seen.status).toBe(429);
    expect(seen.headers?.get("retry-after")).toBe(header);
  });

  test.each(["garble", "empty"] as const)(
    "%s skips a deletion, whose answer has no body to lose",
    async (kind) => {
      const { sandbox, fetch, origin } = await connect();
      await subscribe(sandbox);
      sandbox.inject({ kind });
      const seen = await seeAnswer(fetch, buildRequest("deleteWebhookSubscription", { origin }));
      expect(seen).toMatchObject({ status: 204, text: "", error: undefined });
      expect(sandbox.requests.at(-1)).toMatchObject({ fault: undefined });
      expect(sandbox.subscriptions).toEqual([]);
    },
  );
});

function canHappen({ kind }: Fault, operation: OperationId): boolean {
  return OPERATIONS[operation].status !== 204 || (kind !== "garble" && kind !== "empty");
}

function expectBody({ text, headers }: Seen, body: Expected["body"], operation: OperationId): void {
  if (body === "none") expect(text).toBe("");
  if (body === "half") {
    expect(text).toMatch(/^\{"webhook_subscription/);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  }
  if (body === "html") {
    expect(headers?.get("content-type")).toBe("text/html");
    expect(text).toMatch(/^<html>.*502 Bad Gateway.*<\/html>\n$/s);
  }
  if (body === "error") {
    const answer: unknown = JSON.parse(text);
    expect(answer).toMatchObject({ error_code: "service_unavailable" });
    expect(findObjections(operation, { status: 503, body: answer })).toEqual([]);
  }
}

/** Each subscription with its events, such as "1 message.received". */
function describeState({ subscriptions }: Sandbox): string[] {
  return subscriptions.map(({ id, events }) => `${id} ${events.join(" ")}`);
}
