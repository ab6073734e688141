import { describe, expect, test } from "vitest";
import { applyOverlay } from "../../../scripts/generate/merge/apply-overlay.js";
import type { Json, JsonObject } from "../../../scripts/generate/json.js";
import { createProblems } from "../../../scripts/generate/problems.js";
import { readOverlay } from "../../../scripts/generate/read/read-overlay.js";
import { page, petDocument } from "../pages.js";
import { createProject } from "../project.js";

const info = { title: "Corrections", version: "1.0.0" };

function overlay(...actions: Json[]): JsonObject {
  return { overlay: "1.0.0", info, actions };
}

function apply(document: JsonObject, ...actions: JsonObject[]): JsonObject {
  const described = actions.map((action) => ({ description: "It must be so.", ...action }));
  const problems = createProblems();
  const read = readOverlay("spec/overlay.json", overlay(...described));
  const result = applyOverlay(document, read, problems);
  problems.throwIfAny();
  return result;
}

describe("an overlay through the command", () => {
  test("gives an operation the name that users know", async () => {
    const unnamed: JsonObject = {
      summary: "Shows all pets",
      responses: { "200": { description: "Done" } },
    };
    const project = await createProject({
      "spec/a.md": page(petDocument({ paths: { "/pets": { get: unnamed } } })),
    });
    expect(await project.generate()).toMatchObject({ code: 0, stderr: "" });
    expect(await project.read("generated/operations.ts")).toContain("showsAllPets: {");
    const action = { target: "$.paths['/pets'].get", update: { operationId: "listPets" } };
    const text = JSON.stringify(overlay({ description: "A name.", ...action }));
    await project.write({ "spec/overlay.json": text });
    expect(await project.generate()).toMatchObject({ code: 0, stderr: "" });
    expect(await project.read("generated/operations.ts")).toContain("listPets: {");
  });

  test("stops at an action whose target is gone, names it, and writes nothing", async () => {
    const action = { description: "Dogs bark.", target: "$.paths['/dogs']", update: { get: {} } };
    const project = await createProject({
      "spec/a.md": page(petDocument()),
      "spec/overlay.json": JSON.stringify(overlay(action)),
    });
    const { code, stderr } = await project.generate();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^generate: spec\/overlay\.json: action 1 \("Dogs bark\."\): nothing matches its target \$\.paths\['\/dogs'\]:.*\n$/,
    );
    expect(await project.generated()).toEqual({});
  });

  test("stops at an action that adds what OpenAPI does not have", async () => {
    const update = { get: { responses: [] } };
    const action = { description: "So.", target: "$.paths['/pets']", update };
    const project = await createProject({
      "spec/a.md": page(petDocument()),
      "spec/overlay.json": JSON.stringify(overlay(action)),
    });
    const { code, stderr } = await project.generate();
    expect(code).toBe(1);
    expect(stderr).toContain(
      "generate: with spec/overlay.json: /paths/~1pets/get/responses: Expected type",
    );
  });

  test("stops at an overlay that is not JSON", async () => {
    const project = await createProject({
      "spec/a.md": page(petDocument()),
      "spec/overlay.json": '{\n  "overlay": 1.0.0\n}\n',
    });
    const { code, stderr } = await project.generate();
    expect(code).toBe(1);
    expect(stderr).toBe(
      "generate: spec/overlay.json is not JSON: expected a JSON value at line 2, column 17, " +
        'but found ".0\\n}\\n".\n',
    );
  });
});

describe("an action", () => {
  const document = { a: { list: [1, 2], name: "x", inner: { kept: true } }, b: { list: [] } };

  test.each<[string, JsonObject, JsonObject]>([
    [
      "merges objects, joins arrays, replaces the rest",
      { target: "$.a", update: { list: [3], name: "y", inner: { added: 1 } } },
      { a: { list: [1, 2, 3], name: "y", inner: { kept: true, added: 1 } }, b: { list: [] } },
    ],
    [
      "appends to an array",
      { target: "$.b.list", update: { id: 1 } },
      { ...document, b: { list: [{ id: 1 }] } },
    ],
    [
      "changes every match",
      { target: "$[*]", update: { seen: true } },
      { a: { ...document.a, seen: true }, b: { list: [], seen: true } },
    ],
    ["removes", { target: "$.a", remove: true }, { b: { list: [] } }],
    [
      "removes every matching entry",
      { target: "$.a.list[*]", remove: true },
      { ...document, a: { ...document.a, list: [] } },
    ],
    [
      "removes even with an update",
      { target: "$.a", remove: true, update: {} },
      { b: { list: [] } },
    ],
    ["changes the root", { target: "$", update: { c: 1 } }, { ...document, c: 1 }],
  ])("%s", (_, action, expected) => {
    const before = structuredClone(document);
    expect(apply(document, action)).toEqual(expected);
    expect(document).toEqual(before);
  });

  test("sees the result of the action before it", () => {
    const first = { target: "$.a", update: { fresh: {} } };
    const second = { target: "$.a.fresh", update: { deep: 1 } };
    expect(apply(document, first, second)).toMatchObject({ a: { fresh: { deep: 1 } } });
  });

  test("adds only missing members with x-only-missing, and does not change the others", () => {
    const action = { target: "$.a", "x-only-missing": true };
    expect(apply(document, { ...action, update: { inner: { added: 1 }, fresh: 1 } })).toEqual({
      ...document,
      a: { ...document.a, fresh: 1 },
    });
  });

  test("replaces a value by a $ref", () => {
    const update = { inner: { $ref: "#/b" } };
    expect(apply(document, { target: "$.a", update })).toEqual({
      ...document,
      a: { ...document.a, inner: { $ref: "#/b" } },
    });
  });

  test.each<[string, JsonObject, string]>([
    [
      "a $ref",
      { target: "$.c.ref", update: { name: "y" } },
      'its update would add members to a $ref to "#/a", which cannot have any',
    ],
    [
      "an object with a $ref in it",
      { target: "$.c", update: { ref: { name: "y" } } },
      'its update would add members to a $ref to "#/a"',
    ],
    [
      "a target behind a $ref",
      { target: "$.c.ref['inner'].kept", update: {} },
      '$.c.ref is a $ref to "#/a", which is not followed, so target that instead.',
    ],
  ])("cannot change %s", (_, action, message) => {
    expect(() => apply({ ...document, c: { ref: { $ref: "#/a" } } }, action)).toThrow(message);
  });

  test("has its problem named together with those of the other actions", () => {
    expect(() =>
      apply(document, { target: "$.x", update: {} }, { target: "$.y", update: {} }),
    ).toThrow(/action 1 .*its target \$\.x:[^]*action 2 .*its target \$\.y:/);
  });

  test.each<[string, JsonObject, string]>([
    [
      "a value that is not a container",
      { target: "$.a.name", update: { b: 1 } },
      "target the object",
    ],
    [
      "an object with no object",
      { target: "$.a", update: "text" },
      "must be an array, or an object",
    ],
    [
      "a text that is not a JSONPath",
      { target: "a.b", update: {} },
      "is not a valid JSONPath (RFC 9535)",
    ],
    ["the whole document", { target: "$", remove: true }, "would remove the whole document"],
  ])("cannot change %s", (_, action, message) => {
    expect(() => apply(document, action)).toThrow(message);
  });
});

describe("an overlay file", () => {
  const action = { description: "So.", target: "$", update: {} };

  test.each<[string, Json, string]>([
    ["another version", { ...overlay(action), overlay: "2.0.0" }, '"overlay" must be "1.0.0"'],
    ["no version", { info, actions: [action] }, '"overlay" must be "1.0.0", but is missing'],
    ["no info", { overlay: "1.0.0", actions: [action] }, '"info" must have a "title"'],
    ["no actions", overlay(), '"actions" must be an array with at least one action'],
    [
      "an action without a reason",
      overlay({ target: "$", update: {} }),
      "action 1 must be an object",
    ],
    ["an action without a target", overlay({ description: "So.", update: {} }), '"target" must be'],
    ["an idle action", overlay({ description: "So.", target: "$" }), 'must have an "update", or'],
    ["an unsure removal", overlay({ ...action, remove: "yes" }), '"remove" must be true or false'],
    [
      "an unsure restraint",
      overlay({ ...action, "x-only-missing": 1 }),
      '"x-only-missing" must be true or false',
    ],
    ["a misspelt member", overlay({ ...action, updates: {} }), 'has an unknown member "updates"'],
    ["no object", [], "must hold an object, but holds []"],
  ])("is refused with %s", (_, content, message) => {
    expect(() => readOverlay("spec/overlay.json", content)).toThrow(message);
  });
});
