import { describe, expect, test } from "vitest";
import {
  createSandbox,
  type Fault,
  type FaultableRequest,
  type Sandbox,
} from "../../../src/sandbox/index.js";
import { buildInput, buildRequest, callApi, ORIGIN } from "../call-api.js";

const BUSY = { kind: "status", status: 503 } as const;
const LIMITED = { kind: "status", status: 429 } as const;

/** The statuses of the given number of lists in a row. */
async function listStatuses(sandbox: Sandbox, count: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index++) {
    statuses.push((await callApi(sandbox, "listWebhookSubscriptions")).status);
  }
  return statuses;
}

describe("a fault", () => {
  test.each<[name: string, match: Partial<Fault>, statuses: number[]]>([
    ["once by default", {}, [503, 200, 200, 200]],
    ["as often as `times` says", { times: 2 }, [503, 503, 200, 200]],
    ["always", { times: Infinity }, [503, 503, 503, 503]],
    ["after `skip` requests have passed", { skip: 2 }, [200, 200, 503, 200]],
    ["as often as `times` says after `skip` requests", { skip: 1, times: 2 }, [200, 503, 503, 200]],
    ["never without a match", { when: () => false }, [200, 200, 200, 200]],
  ])("happens %s", async (_name, match, statuses) => {
    const sandbox = createSandbox({ faults: [{ ...BUSY, ...match } as Fault] });
    expect(await listStatuses(sandbox, 4)).toEqual(statuses);
  });

  test.each<[Fault["operation"], number[]]>([
    ["listWebhookSubscriptions", [503, 201]],
    ["createWebhookSubscription", [200, 503]],
    [
      ["createWebhookSubscription", "listWebhookSubscriptions"],
      [503, 503],
    ],
    ["deleteWebhookSubscription", [200, 201]],
    [undefined, [503, 503]],
  ])("of operation %s happens to no other", async (operation, statuses) => {
    const sandbox = createSandbox({ faults: [{ ...BUSY, operation, times: 2 }] });
    const list = await callApi(sandbox, "listWebhookSubscriptions");
    const created = await callApi(sandbox, "createWebhookSubscription", { body: buildInput() });
    expect([list.status, created.status]).toEqual(statuses);
  });

  test("can inspect the request, including its secret", async () => {
    const seen: FaultableRequest[] = [];
    const when = (request: FaultableRequest): boolean => {
      seen.push(request);
      return false;
    };
    const sandbox = createSandbox({ faults: [{ ...BUSY, when }] });
    const body = buildInput({ secret: "s" });
    await callApi(sandbox, "createWebhookSubscription", { body });
    await callApi(sandbox, "updateWebhookSubscription", { id: "7", body: "{" });
    await callApi(sandbox, "listWebhookSubscriptions");
    const path = "/api/partner/v2/webhook_subscriptions";
    expect(seen).toEqual([
      { operation: "createWebhookSubscription", method: "POST", path, body },
      { operation: "updateWebhookSubscription", method: "PUT", path: `${path}/7`, body: "{" },
      { operation: "listWebhookSubscriptions", method: "GET", path, body: undefined },
    ]);
  });

  test("calls `when` only for its own operation", async () => {
    const asked: FaultableRequest["operation"][] = [];
    const when = ({ operation }: FaultableRequest): boolean => asked.push(operation) > 0;
    const faults: Fault[] = [{ ...BUSY, operation: "createWebhookSubscription", when }];
    const sandbox = createSandbox({ faults });
    await callApi(sandbox, "listWebhookSubscriptions");
    await callApi(sandbox, "createWebhookSubscription", { body: buildInput() });
    expect(asked).toEqual(["createWebhookSubscription"]);
  });

  test("happens before the token is checked, as with a proxy in front of an API", async () => {
    const sandbox = createSandbox({ token: "right-token", faults: [BUSY] });
    expect(await listStatuses(sandbox, 2)).toEqual([503, 401]);
  });

  test("does not happen to a request that matches no operation", async () => {
    const sandbox = createSandbox({ faults: [BUSY] });
    expect((await sandbox.fetch(`${ORIGIN}/elsewhere`)).status).toBe(404);
    expect(sandbox.requests).toMatchObject([{ status: 404, fault: undefined }]);
    expect(await listStatuses(sandbox, 2)).toEqual([503, 200]);
  });

  test("also happens to an answer that would be a refusal", async () => {
    const sandbox = createSandbox({ faults: [{ kind: "empty", write: "done" }] });
    const sent = buildRequest("createWebhookSubscription", { body: {} });
    const response = await sandbox.fetch(sent);
    expect(response.status).toBe(422);
    expect(await response.text()).toBe("");
  });

  test("is copied when it is passed in", async () => {
    const fault = { ...BUSY, status: 503 };
    const sandbox = createSandbox({ faults: [fault] });
    fault.status = 500;
    expect(await listStatuses(sandbox, 1)).toEqual([503]);
  });
});

describe("several faults", () => {
  test("happen one after the other, in the order given", async () => {
    const sandbox = createSandbox({ faults: [{ ...BUSY, times: 2 }, LIMITED] });
    sandbox.inject({ kind: "status", status: 500 });
    expect(await listStatuses(sandbox, 5)).toEqual([503, 503, 429, 500, 200]);
  });

  test("count each other's requests as passed, but not as their own", async () => {
    const sandbox = createSandbox({ faults: [BUSY, { ...LIMITED, skip: 1, times: 2 }] });
    expect(await listStatuses(sandbox, 4)).toEqual([503, 429, 429, 200]);
  });

  test("with latency happen together", async () => {
    const waits: number[] = [];
    const sandbox = createSandbox({
      faults: [{ kind: "latency", ms: 10 }, BUSY, { kind: "latency", ms: 20, times: 2 }],
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    });
    expect(await listStatuses(sandbox, 3)).toEqual([503, 200, 200]);
    expect(waits).toEqual([30, 20]);
    expect(sandbox.requests.map(({ fault }) => fault)).toEqual(["status", "latency", undefined]);
  });
});

describe("sandbox.inject", () => {
  test("returns a function that removes this fault and no other", async () => {
    const sandbox = createSandbox();
    const takeBack = sandbox.inject({ ...BUSY, times: Infinity });
    sandbox.inject({ ...LIMITED, times: Infinity });
    expect(await listStatuses(sandbox, 1)).toEqual([503]);
    takeBack();
    takeBack();
    expect(await listStatuses(sandbox, 2)).toEqual([429, 429]);
  });

  test("is undone by a reset, which restores the faults of the options", async () => {
    const sandbox = createSandbox({ faults: [BUSY] });
    sandbox.inject({ ...LIMITED, times: Infinity });
    expect(await listStatuses(sandbox, 2)).toEqual([503, 429]);
    sandbox.reset();
    expect(await listStatuses(sandbox, 2)).toEqual([503, 200]);
  });

  test("shares nothing between sandboxes", async () => {
    const faults = [BUSY];
    const [one, other] = [createSandbox({ faults }), createSandbox({ faults })];
    expect(await listStatuses(one, 2)).toEqual([503, 200]);
    expect(await listStatuses(other, 2)).toEqual([503, 200]);
  });
});
