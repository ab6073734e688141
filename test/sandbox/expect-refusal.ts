import { expect } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { buildInput, callApi, readAnswer, TOKEN_HEADER } from "./call-api.js";

/** A request that is refused: what it is, how it is made, the status, and the reasons in words. */
export type RefusalCase = [name: string, request: () => Request, status: number, errors: string[]];

/** The token of the sandbox that {@link expectRefusal} asks, and the type of a good body. */
export const HEADERS = { [TOKEN_HEADER]: "right-token", "content-type": "application/json" };

const ERROR_CODES: Record<number, string> = {
  400: "bad_request",
  401: "unauthorized",
  404: "not_found",
  405: "method_not_allowed",
  415: "unsupported_media_type",
  422: "unprocessable_entity",
};

/** Expects that a sandbox with one subscription answers so, and changes nothing. */
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
