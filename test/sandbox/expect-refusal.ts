import { expect } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { buildInput, callApi, readAnswer, TOKEN_HEADER } from "./call-api.js";

/** A request that is refused: its name, how to build it, the status, and the error messages. */
export type RefusalCase = [name: string, request: () => Request, status: number, errors: string[]];

/** The token of the sandbox that {@link expectRefusal} calls, and the type of a valid body. */
export const HEADERS = { [TOKEN_HEADER]: "right-token", "content-type": "application/json" };

const ERROR_CODES: Record<number, string> = {
  400: "bad_request",
  401: "unauthorized",
  404: "not_found",
  405: "method_not_allowed",
  415: "unsupported_media_type",
  422: "unprocessable_entity",
};

/** Expects this answer from a sandbox with one subscription, which changes nothing. */
export async function expectRefusal(
  request: Request,
  status: number,
  errors: string[],
): Promise<void> {
  const sandbox = createSandbox({ token: "right-token" });
  await callApi(sandbox, "createWebhookSubscription", { body: buildInput(), headers: HEADERS });
  const before = sandbox.subscriptions;

  const answer = await readAnswer(await sandbox.fetch(request));

  expect(answer).toEqual({
    status,
    body: {
      status: "error",
      error_code: ERROR_CODES[status],
      message: expect.stringMatching(/./) as unknown,
      errors,
    },
  });
  expect(before).toHaveLength(1);
  expect(sandbox.subscriptions).toEqual(before);
  expect(sandbox.requests.at(-1)).toMatchObject({ status });
}
