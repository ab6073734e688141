import type { Socket } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { composeClient } from "../../src/client.js";
import {
  CreateOutcomeUnknownError,
  InvalidResponseError,
  LinqApiError,
  LinqConnectionError,
  LinqTimeoutError,
  SubscriptionNotFoundError,
  type WebhookSubscription,
} from "../../src/index.js";
import { buildSubscription } from "../support/build-subscription.js";
import { startServer } from "../support/raw-server.js";
import { createTestClock } from "../support/test-clock.js";

/**
 * What each status with each kind of body means to each operation. A table holds the expected
 * outcomes, and real sockets send the answers byte by byte.
 */

const STATUSES = [200, 201, 204, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504] as const;

const BODIES = [
  "no body",
  "an empty body",
  "content-length: 0",
  "one error",
  "a list of errors",
  "other JSON",
  "HTML",
  "truncated JSON",
  "the wrong content type",
  "a body that stalls",
  "a socket that closes half-way",
] as const;

/** `create` posts once in both cases; in the second, it finds that its POST has landed anyway. */
const OPERATIONS = ["list", "create", "create that lands", "update", "delete"] as const;

type Status = (typeof STATUSES)[number];
type Body = (typeof BODIES)[number];
type Operation = (typeof OPERATIONS)[number];

interface Combination {
  readonly status: Status;
  readonly body: Body;
  readonly operation: Operation;
}

const METHODS: Readonly<Record<Operation, string>> = {
  list: "GET",
  create: "POST",
  "create that lands": "POST",
  update: "PUT",
  delete: "DELETE",
};

const EXISTING = buildSubscription({ id: 7 });
const INPUT = {
  webhook_url: "https://example.com/other",
  events: ["message.sent"],
  active: false,
} as const;
const CREATED = buildSubscription({ ...INPUT, events: [...INPUT.events], id: 8 });

const ONE_ERROR = {
  status: "error",
  error_code: "refused",
  message: "It was refused",
  errors: ["First reason", "Second reason"],
};
const LIST_OF_ERRORS = {
  errors: [{ status: 400, code: "odd", title: "Odd", detail: "Not even" }],
};
const PAGE = "<!doctype html><html><head><title>Who are you?</title></head><body>x</body></html>";

let combinations = 0;

afterEach(() => vi.useRealTimers());

it.each(BODIES)(
  "returns the right result or error for every status and operation with %s",
  async (body) => {
    const all = STATUSES.flatMap((status) =>
      OPERATIONS.map((operation): Combination => ({ status, body, operation })),
    );
    // The client's timeouts end when every stalled body has begun, and no sooner.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const outcomes = [
      ...(await runAll(all.filter(doesStall), () => vi.advanceTimersByTime(1_000))),
      ...(await runAll(
        all.filter((combination) => !doesStall(combination)),
        () => undefined,
      )),
    ];
    combinations += outcomes.length;
    expect(Object.fromEntries(outcomes)).toEqual(
      Object.fromEntries(all.map((combination) => [nameOf(combination), expected(combination)])),
    );
  },
);

it("has run every combination", () => {
  console.log(`${combinations} combinations of status, body and operation`);
  expect(combinations).toBe(14 * 11 * 5);
});

/** A 204 ends with its headers, whatever follows them. */
function doesStall({ status, body }: Combination): boolean {
  return body === "a body that stalls" && status !== 204;
}

function nameOf({ status, body, operation }: Combination): string {
  return `${operation}: ${status} with ${body}`;
}

/** The expected outcome. */
function expected(combination: Combination): object {
  const { status, operation } = combination;
  const failure = expectedFailure(combination);
  if (failure === undefined) return { result: RESULTS[operation] };
  if (failure.error === "LinqApiError" && status === 404 && /update|delete/.test(operation)) {
    return { error: "SubscriptionNotFoundError", id: EXISTING.id, cause: failure };
  }
  const isCreate = operation === "create" || operation === "create that lands";
  if (!isCreate || (failure.error === "LinqApiError" && status < 500)) return failure;
  if (operation === "create that lands") return { result: CREATED };
  const { webhook_url, events } = INPUT;
  return {
    error: "CreateOutcomeUnknownError",
    webhookUrl: webhook_url,
    events,
    cause: failure,
  };
}

const RESULTS: Readonly<Record<Operation, unknown>> = {
  list: [EXISTING],
  create: CREATED,
  "create that lands": CREATED,
  update: { ...EXISTING, version: 3 },
  delete: undefined,
};

/** The failure in the answer itself, before `create` handles it; undefined for a success. */
function expectedFailure({ status, body, operation }: Combination): Outcome | undefined {
  const method = METHODS[operation];
  const seen = status === 204 ? "no body" : body;
  if (seen === "a body that stalls") {
    return { error: "LinqTimeoutError", phase: "body", method, status: undefined };
  }
  if (seen === "a socket that closes half-way") {
    return { error: "LinqConnectionError", systemCode: "UND_ERR", method, status: undefined };
  }
  if (status >= 300) return { error: "LinqApiError", status, method, ...SAID[seen] };

  const invalid = { error: "InvalidResponseError", status, method };
  if (seen === "HTML" || seen === "truncated JSON") {
    return { ...invalid, field: "", expected: "JSON" };
  }
  if (operation === "list" && status !== 200) {
    return { ...invalid, field: "status", expected: expect.stringMatching(/^200\b/) };
  }
  if (operation === "delete" || seen === "the wrong content type") return undefined;
  return operation === "list"
    ? { ...invalid, field: "webhook_subscriptions", expected: "an array" }
    : { ...invalid, field: "webhook_subscription", expected: "an object" };
}

const NOTHING_SAID = { errorCode: undefined, messages: [] };
const ONE_SAID = {
  errorCode: "refused",
  messages: ["It was refused", "First reason", "Second reason"],
};

/** What an error should contain for a status that is not 2xx. */
const SAID = {
  "no body": NOTHING_SAID,
  "an empty body": NOTHING_SAID,
  "content-length: 0": NOTHING_SAID,
  "one error": ONE_SAID,
  "a list of errors": { errorCode: "odd", messages: ["Odd: Not even"] },
  "other JSON": NOTHING_SAID,
  HTML: { errorCode: undefined, messages: ["Who are you?"] },
  "truncated JSON": { errorCode: undefined, messages: ['{"status":"error",'] },
  "the wrong content type": ONE_SAID,
};

interface Outcome {
  readonly error: string;
  readonly [field: string]: unknown;
}

/** Everything that a caller can read from an error; an error of any other kind is marked. */
function describeError(error: unknown): unknown {
  if (error instanceof LinqApiError) {
    const { name, status, method, errorCode, messages } = error;
    return { error: name, status, method, errorCode, messages };
  }
  if (error instanceof InvalidResponseError) {
    const { name, status, method, field, expected: wanted } = error;
    return { error: name, status, method, field, expected: wanted };
  }
  if (error instanceof LinqConnectionError) {
    const { name, method, attempts } = error;
    // Node's code for a truncated body depends on its version.
    const systemCode = error.systemCode?.slice(0, "UND_ERR".length);
    return { error: name, systemCode, method, status: statusOfLast(attempts, method) };
  }
  if (error instanceof LinqTimeoutError) {
    const { name, phase, method, attempts } = error;
    return { error: name, phase, method, status: statusOfLast(attempts, method) };
  }
  if (error instanceof SubscriptionNotFoundError) {
    return { error: error.name, id: error.id, cause: describeError(error.cause) };
  }
  if (error instanceof CreateOutcomeUnknownError) {
    const { name, webhookUrl, events, cause } = error;
    return { error: name, webhookUrl, events, cause: describeError(cause) };
  }
  return { "not an error of ours": error };
}

function statusOfLast(
  attempts: readonly { method: string; status: number | undefined }[],
  method: string | undefined,
): unknown {
  const last = attempts.filter((attempt) => attempt.method === method).at(-1);
  return last ? last.status : "no attempt";
}

/**
 * Runs all combinations at once against one server, each with its own client.
 *
 * @param onAllBegun Called when the answer that matters has begun for each of them.
 */
async function runAll(
  all: readonly Combination[],
  onAllBegun: () => void,
): Promise<[name: string, outcome: unknown][]> {
  const posted = new Set<number>();
  const server = await startServer((request, response) => {
    request.on("end", () => {
      const [, index = "", ...path] = (request.url ?? "").split("/");
      const combination = all[Number(index)];
      if (!combination) throw new Error(`no such combination: ${path.join("/")}`);
      if (request.method === METHODS[combination.operation]) {
        posted.add(Number(index));
        send(request.socket, combination);
      } else {
        const hasLanded = posted.has(Number(index));
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ webhook_subscriptions: listFor(combination, hasLanded) }));
      }
    });
  });

  let begun = 0;
  const outcomes = all.map(async (combination, index): Promise<[string, unknown]> => {
    const fetch: typeof globalThis.fetch = async (url, init) => {
      const response = await globalThis.fetch(url, init);
      if (init?.method === METHODS[combination.operation] && ++begun === all.length) {
        setImmediate(() => {
          onAllBegun();
        });
      }
      return response;
    };
    const baseUrl = `${server.url}/${index}`;
    const linq = composeClient(
      { token: "any-token", baseUrl, fetch, timeout: 1_000, maxRetries: 0 },
      createTestClock(),
    );
    const { list, create, update, delete: remove } = linq.webhookSubscriptions;
    const run: Readonly<Record<Operation, () => Promise<unknown>>> = {
      list: () => list(),
      create: () => create(INPUT),
      "create that lands": () => create(INPUT),
      update: () => update(EXISTING.id, { version: 3 }, { allowDuplicate: true }),
      delete: () => remove(EXISTING.id),
    };
    try {
      return [nameOf(combination), { result: await run[combination.operation]() }];
    } catch (error) {
      return [nameOf(combination), describeError(error)];
    }
  });
  return Promise.all(outcomes);
}

/** What the list shows around the request that matters. */
function listFor(combination: Combination, hasLanded: boolean): WebhookSubscription[] {
  const { operation, status } = combination;
  const isFailure = expectedFailure(combination)?.error === "LinqApiError";
  // The next list lacks what a write did not find; else the client would not believe the 404.
  if (hasLanded && isFailure && status === 404 && /update|delete/.test(operation)) return [];
  if (operation !== "create that lands") return [EXISTING];
  return hasLanded ? [EXISTING, CREATED] : [EXISTING];
}

/** Writes an answer to the socket as it is, which no HTTP server would do. */
function send(socket: Socket, { status, body, operation }: Combination): void {
  const isOk = status < 300;
  const right = JSON.stringify(isOk ? rightBody(operation) : ONE_ERROR);
  const begin = (...headers: string[]): void => {
    socket.write([`HTTP/1.1 ${status} Any`, "Connection: close", ...headers, "", ""].join("\r\n"));
  };
  const sendWhole = (type: string, text: string): void => {
    begin(`Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(text)}`);
    // For a 204, the text would follow the end of the answer.
    socket.end(status === 204 ? "" : text);
  };
  const sendHalf = (): void => {
    begin("Content-Type: application/json", `Content-Length: ${right.length}`);
    socket.write(status === 204 ? "" : right.slice(0, right.length / 2));
  };

  const answers: Readonly<Record<Body, () => void>> = {
    "no body": () => {
      begin();
      socket.end();
    },
    "an empty body": () => {
      begin("Transfer-Encoding: chunked");
      socket.end("0\r\n\r\n");
    },
    "content-length: 0": () => {
      begin("Content-Length: 0");
      socket.end();
    },
    "one error": () => {
      sendWhole("application/json", JSON.stringify(ONE_ERROR));
    },
    "a list of errors": () => {
      sendWhole("application/json", JSON.stringify(LIST_OF_ERRORS));
    },
    "other JSON": () => {
      sendWhole("application/json", '{"hello":["world"]}');
    },
    HTML: () => {
      sendWhole("text/html", PAGE);
    },
    "truncated JSON": () => {
      sendWhole("application/json", JSON.stringify(ONE_ERROR).slice(0, 18));
    },
    "the wrong content type": () => {
      sendWhole("text/html", right);
    },
    "a body that stalls": sendHalf,
    "a socket that closes half-way": () => {
      sendHalf();
      socket.end();
    },
  };
  answers[body]();
}

function rightBody(operation: Operation): object {
  const result = RESULTS[operation] ?? {};
  return operation === "list"
    ? { webhook_subscriptions: result }
    : { webhook_subscription: result };
}
