import { OPERATIONS } from "../../generated/operations.js";
import type { OperationId } from "../../src/sandbox/api/router.js";
import type { Sandbox } from "../../src/sandbox/index.js";

export const ORIGIN = "https://api.linqapp.com";
export const HOOK = "https://example.com/hook";
export const TOKEN_HEADER = "X-LINQ-INTEGRATION-TOKEN";

/** A body that the API accepts, with the overrides of the test. */
export function buildInput(over: object = {}): { webhook_subscription: object } {
  return {
    webhook_subscription: {
      webhook_url: HOOK,
      events: ["message.received"],
      version: 2,
      ...over,
    },
  };
}

interface RequestParts {
  id?: string;
  /** Becomes JSON, unless it is a string already. */
  body?: unknown;
  headers?: Record<string, string>;
  origin?: string;
}

/** A request for an operation, complete and valid unless the test overrides a part. */
export function buildRequest(
  operation: OperationId,
  { id = "1", body, headers = {}, origin = ORIGIN }: RequestParts = {},
): Request {
  const { method, path } = OPERATIONS[operation];
  return new Request(origin + path.replace("{webhook_subscription_id}", id), {
    method,
    headers: { [TOKEN_HEADER]: "any", "content-type": "application/json", ...headers },
    body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
  });
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Calls an operation and reads the answer. */
export async function callApi(
  { fetch }: Pick<Sandbox, "fetch">,
  ...request: Parameters<typeof buildRequest>
): Promise<ApiAnswer> {
  return readAnswer(await fetch(buildRequest(...request)));
}

export async function readAnswer(response: Response): Promise<ApiAnswer> {
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

/** Creates a subscription; the input is the body's inner part. */
export async function subscribe(sandbox: Pick<Sandbox, "fetch">, input?: object): Promise<void> {
  const body = buildInput(input);
  const { status } = await callApi(sandbox, "createWebhookSubscription", { body });
  if (status !== 201) throw new Error(`expected 201, got ${status}`);
}
