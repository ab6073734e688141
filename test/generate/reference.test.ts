import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import type { OperationDescription } from "../../generated/operations.js";
import { createProject, type Outcome, type Project } from "./project.js";
import { referencePages } from "./reference-pages.js";
import { typeErrors } from "./type-errors.js";

let project: Project;
let outcome: Outcome;

beforeAll(async () => {
  project = await createProject({
    ...referencePages(),
    "package.json": '{ "type": "module" }',
  });
  outcome = await project.generate();
});

test("dozens of operations that restate shared schemas merge", () => {
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
});

test("the files generated from them typecheck, and so do programs that use them", async () => {
  await project.write({
    "program.ts": `
import type { components, operations } from "./generated/openapi.js";
import { OPERATIONS, type OperationDescription } from "./generated/operations.js";
import { EVENT_NAMES, TOKEN_HEADER, type EventName } from "./generated/constants.js";

export const ids = Object.keys(OPERATIONS) as (keyof operations)[];
export const upload: OperationDescription = OPERATIONS.uploadPhoneNumber;
export const header: "X-TOKEN" = TOKEN_HEADER;
export const none: readonly EventName[] = EVENT_NAMES;
export const chat: components["schemas"]["Chat"] = { name: "Us", email: null, id: 1, owner: null };
// @ts-expect-error A name is a string.
export const wrong: components["schemas"]["ContactInput"] = { id: 1, name: 7 };
`,
  });
  expect(typeErrors(project.folder, ["program.ts", "generated/validators.ts"])).toEqual([]);
});

test("their table has every operation with its validators", async () => {
  const operations = await importOperations();
  expect(Object.keys(operations)).toHaveLength(30);
  expect(operations["listChat"]).toMatchObject({ method: "GET", status: 200, body: null });
  expect(operations["createChat"]).toMatchObject({
    status: 201,
    tokenHeader: "X-TOKEN",
    params: null,
  });
  expect(operations["uploadChat"]).toMatchObject({
    path: "/api/partner/v2/chats/{id}/file",
    body: null,
  });
});

test.each<[unknown, string[]]>([
  [{ name: "Ann" }, []],
  [{ name: "Ann", email: null, kind: null, owner: null, target: { by: "id", id: 1 } }, []],
  [{ name: "" }, ["/data/name minLength"]],
  [{ id: 1 }, ["/data required"]],
  [{ name: "Ann", email: "ann" }, ["/data/email format"]],
  [{ name: "Ann", kind: "robot" }, ["/data/kind enum"]],
  [{ name: "Ann", score: 0 }, ["/data/score exclusiveMinimum"]],
  [{ name: "Ann", labels: { a: 1 } }, ["/data/labels/a type"]],
  [
    { name: "Ann", owner: { parent: { parent: { id: "x" } } } },
    ["/data/owner/parent/parent/id type"],
  ],
  [{ name: "Ann", target: { by: "phone", id: 1 } }, ["/data/target oneOf"]],
])("a body is checked by the schema of its page: %j", async (data, expected) => {
  const { createContact } = await importOperations();
  const errors = explain(createContact, { data });
  expect(errors).toEqual(expect.arrayContaining(expected));
  expect(errors.length > 0).toBe(expected.length > 0);
});

test("query parameters are converted to the types of the API", async () => {
  const { listChat } = await importOperations();
  const request = { path: {}, query: { page: "2", "sort[]": "id" } };
  expect(listChat?.params?.(request)).toBe(true);
  expect(request.query).toEqual({ page: 2, "sort[]": ["id"] });
  expect(listChat?.params?.({ path: {}, query: { page: "0" } })).toBe(false);
  expect(listChat?.params?.errors).toMatchObject([
    { instancePath: "/query/page", keyword: "minimum" },
  ]);
});

async function importOperations(): Promise<Partial<Record<string, OperationDescription>>> {
  const url = pathToFileURL(join(project.folder, "generated/operations.ts")).href;
  // A dynamic import has no type; the typecheck above has shown that it has this one.
  const module = (await import(url)) as { OPERATIONS: Record<string, OperationDescription> };
  return module.OPERATIONS;
}

function explain(operation: OperationDescription | undefined, value: unknown): string[] {
  if (!operation?.body) throw new Error("The operation takes no body.");
  operation.body(value);
  return (operation.body.errors ?? []).map(
    ({ instancePath, keyword }) => `${instancePath} ${keyword}`,
  );
}
