import { describe, expect, test } from "vitest";
import { createSandbox } from "../../../src/sandbox/index.js";
import { ORIGIN } from "../call-api.js";
import { expectRefusal, HEADERS, type RefusalCase } from "../expect-refusal.js";

const PATH = "/api/partner/v2/webhook_subscriptions";

const refuse = (
  name: string,
  [method, path]: [method: string, path: string],
  status: number,
  error: string,
): RefusalCase => [
  name,
  () => new Request(ORIGIN + path, { method, headers: HEADERS }),
  status,
  [error],
];

const nothingAt = (name: string, method: string, path: string): RefusalCase =>
  refuse(name, [method, path], 404, `There is nothing at ${path}`);

describe("a request that matches no operation", () => {
  test.each([
    nothingAt("an unknown path", "GET", "/api/partner/v3/webhook_subscriptions"),
    nothingAt("the root", "GET", "/"),
    nothingAt("a trailing slash", "GET", `${PATH}/`),
    nothingAt("an id that is empty", "PUT", `${PATH}/`),
    nothingAt("a path below", "PUT", `${PATH}/1/x`),
    nothingAt("a prefix before the path", "GET", `/proxy${PATH}`),
    nothingAt("another case", "GET", PATH.toUpperCase()),
    refuse(
      "a wrong method",
      ["DELETE", PATH],
      405,
      `DELETE is not allowed at ${PATH}, only GET, POST`,
    ),
    refuse(
      "one by id",
      ["GET", `${PATH}/1`],
      405,
      `GET is not allowed at ${PATH}/1, only PUT, DELETE`,
    ),
  ])("is refused: %s", async (_name, request, status, errors) => {
    await expectRefusal(request(), status, errors);
  });

  test("is answered with the methods that are allowed", async () => {
    const response = await createSandbox().fetch(ORIGIN + PATH, { method: "PATCH" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, POST");
  });
});
