import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { expect } from "vitest";
import { OPERATIONS } from "../../generated/operations.js";
import type { OperationId } from "../../src/sandbox/api/router.js";
import type { Sandbox } from "../../src/sandbox/index.js";
import { type ApiAnswer, callApi } from "./call-api.js";

const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
ajv.addSchema(
  JSON.parse(
    readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"),
  ) as object,
  "openapi.json",
);

/** The ways in which an answer violates the document; empty if there are none. */
export function findObjections(operation: OperationId, { status, body }: ApiAnswer): unknown[] {
  const { method, path, status: success } = OPERATIONS[operation];
  if (status === 204) return body === undefined ? [] : ["a body where there is none"];
  const response =
    status === success
      ? ["paths", path, method.toLowerCase(), "responses", String(status)]
      : ["components", "responses", "Error"];
  const pointer = [...response, "content", "application/json", "schema"]
    .map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")))
    .join("/");
  ajv.validate({ $ref: `openapi.json#/${pointer}` }, body);
  return ajv.errors ?? [];
}

/** Calls an operation, and checks its answer against the document. */
export async function ask(
  sandbox: Sandbox,
  operation: OperationId,
  parts: { id?: string; body?: unknown } = {},
): Promise<ApiAnswer> {
  const answer = await callApi(sandbox, operation, parts);
  expect(findObjections(operation, answer)).toEqual([]);
  return answer;
}
