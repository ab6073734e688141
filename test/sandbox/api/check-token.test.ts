import { describe, expect, test } from "vitest";
import { createSandbox } from "../../../src/sandbox/index.js";
import { buildRequest, callApi, TOKEN_HEADER } from "../call-api.js";
import { expectRefusal, type RefusalCase } from "../expect-refusal.js";

const list = (token: string) => (): Request =>
  buildRequest("listWebhookSubscriptions", { headers: { [TOKEN_HEADER]: token } });
const create = (token: string) => (): Request =>
  buildRequest("createWebhookSubscription", { headers: { [TOKEN_HEADER]: token }, body: "{" });
const withoutHeader = (): Request => {
  const request = list("any")();
  request.headers.delete(TOKEN_HEADER);
  return request;
};

const MISSING = [`The header ${TOKEN_HEADER} is missing`];
const WRONG = [`The header ${TOKEN_HEADER} does not have the token of this sandbox`];

describe("the token", () => {
  const CASES: RefusalCase[] = [
    ["that is missing", withoutHeader, 401, MISSING],
    ["that is empty", list(""), 401, MISSING],
    ["that is white space", list(" \t"), 401, MISSING],
    ["that is wrong", list("wrong"), 401, WRONG],
    ["in another case", list("RIGHT"), 401, WRONG],
    ["that is wrong, before the body is looked at", create("wrong"), 401, WRONG],
  ];

  test.each(CASES)("%s is refused", async (_name, request, status, errors) => {
    await expectRefusal(request(), status, errors);
  });

  test("may have any value where the sandbox requires none in particular", async () => {
    const headers = { [TOKEN_HEADER]: "whatever" };
    const answer = await callApi(createSandbox(), "listWebhookSubscriptions", { headers });
    expect(answer.status).toBe(200);
  });

  test("must not be missing even then", async () => {
    expect((await createSandbox().fetch(withoutHeader())).status).toBe(401);
  });
});
