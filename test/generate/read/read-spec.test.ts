import { describe, expect, test } from "vitest";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import type { JsonObject } from "../../../scripts/generate/json.js";
import { createProblems } from "../../../scripts/generate/problems.js";
import { readSpec, type Spec } from "../../../scripts/generate/read/read-spec.js";
import { reportStructure } from "../../../scripts/generate/read/report-structure.js";
import { components, fenced, operation, page, petDocument, ref } from "../pages.js";
import { createProject } from "../project.js";

const encoder = new TextEncoder();

/** Reads files given as text, or throws with all problems. */
async function read(files: Record<string, string | Uint8Array>): Promise<Spec> {
  const problems = createProblems();
  const raw = Object.entries(files).map(([name, content]) => ({
    name,
    bytes: typeof content === "string" ? encoder.encode(content) : content,
  }));
  const spec = await readSpec(raw, problems);
  await reportStructure(spec, problems);
  problems.throwIfAny();
  return spec;
}

const PETS = petDocument();
const newer = petDocument({ openapi: "3.1.0" });

function utf16(text: string, isBigEndian: boolean): Uint8Array {
  const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
  return isBigEndian ? bytes.swap16() : bytes;
}

describe("a document is read from", () => {
  test.each<[string, string, string | Uint8Array]>([
    ["a page", "spec/a.md", page(PETS)],
    ["a page with another ending", "spec/A.MD", page(PETS)],
    ["a page of MDX", "spec/a.mdx", `import X from "x";\n\n<Note>\n${fenced(PETS)}</Note>\n`],
    ["a page in a folder of a folder", "spec/one/two/a.md", page(PETS)],
    ["a page with CRLF", "spec/a.md", page(PETS).replaceAll("\n", "\r\n")],
    ["a page with a byte order mark", "spec/a.md", `\uFEFF${page(PETS)}`],
    ["a page that begins with its fence, after a mark", "spec/a.md", `\uFEFF${fenced(PETS)}`],
    ["a page in UTF-16", "spec/a.md", utf16(page(PETS), false)],
    ["a page in UTF-16, big end first", "spec/a.md", utf16(page(PETS), true)],
    ["a page with YAML", "spec/a.md", `# Pets\n\n\`\`\`yaml\n${stringify(PETS)}\`\`\`\n`],
    ["JSON", "spec/a.json", JSON.stringify(PETS)],
    ["JSON with a byte order mark", "spec/a.json", `\uFEFF${JSON.stringify(PETS)}`],
    ["YAML", "spec/a.yaml", stringify(PETS)],
    ["YAML with the short ending", "spec/a.YML", stringify(PETS)],
    ["OpenAPI 3.1", "spec/a.yaml", stringify(newer)],
  ])("%s", async (_, name, content) => {
    const { documents } = await read({ [name]: content });
    expect(documents.map((document) => document.content["paths"])).toEqual([PETS["paths"]]);
  });

  test("every document of a YAML stream", async () => {
    const second = petDocument({ paths: { "/pets": { post: operation("addPet") } } });
    const { documents } = await read({
      "spec/a.yaml": `${stringify(PETS)}---\n${stringify(second)}`,
    });
    expect(documents).toHaveLength(2);
  });

  test("a document that has only components", async () => {
    const alone = { openapi: "3.0.3", components: { schemas: { Owner: { type: "string" } } } };
    const { documents } = await read({
      "spec/a.md": page(PETS),
      "spec/b.json": JSON.stringify(alone),
    });
    expect(documents).toHaveLength(2);
  });

  test("a folder in which editors and file managers leave files behind", async () => {
    const project = await createProject({
      "spec/a.md": page(PETS),
      "spec/.a.md.swp": "\0",
      "spec/.git/b.md": "# Not a page",
      "spec/a.md~": "old",
    });
    expect(await project.generate()).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("a file that cannot be used is named", () => {
  test.each<[string, string, string | Uint8Array, string]>([
    [
      "without a document",
      "spec/b.md",
      "# Words\n",
      'spec/b.md has no OpenAPI document: expected a fenced code block of JSON or YAML with an "openapi" member;',
    ],
    ["that is empty", "spec/b.md", "", "spec/b.md has no OpenAPI document"],
    [
      "of data that nobody refers to",
      "spec/b.json",
      '{ "id": 1 }',
      'spec/b.json has no OpenAPI document: expected an "openapi" member at the top level, or a $ref to this file in a document;',
    ],
    [
      "of another kind",
      "spec/notes.txt",
      "x",
      "spec/notes.txt cannot be used: expected Markdown (.md) or an OpenAPI document (.json, .yaml);",
    ],
    [
      "that is not text",
      "spec/b.md",
      new Uint8Array([0xc3, 0x28]),
      "spec/b.md is not text in utf-8",
    ],
    [
      "that is broken JSON",
      "spec/b.json",
      '{\n"a": }',
      "spec/b.json is not JSON: expected a JSON value at line 2, column 6",
    ],
    [
      "that is broken YAML",
      "spec/b.yaml",
      "a: 1\nb: [",
      "spec/b.yaml is not YAML: at line 2, column 5",
    ],
    [
      "with an unknown tag of YAML",
      "spec/b.yaml",
      "a: !person x\n",
      "spec/b.yaml is not YAML: at line 1, column 4",
    ],
    [
      "of Swagger",
      "spec/b.json",
      '{ "swagger": "2.0" }',
      'spec/b.json cannot be read: expected OpenAPI "3.0.x" or "3.1.x", but got "2.0";',
    ],
    ["of a later OpenAPI", "spec/b.json", '{ "openapi": "4.0.0" }', 'but got "4.0.0"; convert the'],
    [
      "with its version as a number",
      "spec/b.yaml",
      "openapi: 3.1\n",
      "spec/b.yaml must state its version as a string",
    ],
  ])("%s", async (_, name, content, message) => {
    await expect(read({ "spec/a.md": page(PETS), [name]: content })).rejects.toThrow(message);
  });

  test.each<[string, JsonObject, string]>([
    [
      "a parameter without a place",
      {
        paths: {
          "/pets": { get: { ...operation("listPets"), parameters: [{ name: "x", schema: {} }] } },
        },
      },
      "spec/a.md:7: /paths/~1pets/get/parameters/0: The field `in` must be present on this level.",
    ],
    [
      "a type that does not exist",
      { components: components({ Pet: { type: "strin" } }) },
      "spec/a.md:7: /components/schemas/Pet/type: `type` can be one of the following only",
    ],
    [
      "a list of paths",
      { paths: [] },
      "spec/a.md:7: /paths: Expected type `Paths` (object) but got `array`.",
    ],
  ])("with %s", async (_, changes, message) => {
    await expect(read({ "spec/a.md": page(petDocument(changes)) })).rejects.toThrow(message);
  });

  test("but a member that OpenAPI does not have is a note", async () => {
    const odd = { "/pets": { get: operation("listPets", { sumary: "Typo" }) } };
    const { notes } = await read({ "spec/a.md": page(petDocument({ paths: odd })) });
    expect(notes).toEqual([
      "spec/a.md:7: /paths/~1pets/get/sumary: Property `sumary` is not expected here.",
    ]);
  });
});

describe("a $ref to another file", () => {
  const leading = (to: string): JsonObject =>
    petDocument({ paths: { "/pets": { get: operation("listPets", { schema: { $ref: to } }) } } });
  const OWNER = "type: object\nproperties:\n  pet: { $ref: pets.json#/Animal }\n";
  const ANIMALS = '{ "Animal": { "type": "object", "example": { "$ref": "nowhere.json" } } }';

  test("becomes a component, from pages and documents alike", async () => {
    const { documents, notes } = await read({
      "spec/a.md": page(leading("./parts/owner.yaml")),
      "spec/sub/b.json": JSON.stringify(leading("../parts/owner.yaml")),
      "spec/parts/owner.yaml": OWNER,
      "spec/parts/pets.json": ANIMALS,
    });
    expect(notes).toEqual([]);
    for (const { content } of documents) {
      expect(content).toMatchObject({
        components: {
          schemas: {
            owner: { properties: { pet: ref("Animal") } },
            Animal: { type: "object", example: { $ref: "nowhere.json" } },
          },
        },
      });
      expect(JSON.stringify(content["paths"])).toContain('"#/components/schemas/owner"');
    }
  });

  test("may have spaces in its name", async () => {
    const { documents } = await read({
      "spec/a.json": JSON.stringify(leading("./my%20owner.yaml")),
      "spec/my owner.yaml": "type: string\n",
    });
    expect(JSON.stringify(documents[0]?.content)).toContain('"type":"string"');
  });

  test.each([
    ["./parts/gone.yaml"],
    ["../../etc/passwd"],
    ["https://pets.example/pet.json"],
    ["./parts/owner.yaml#/nowhere"],
    ["./parts/100%.yaml"],
  ])("that has no target stops the run: %s", async (to) => {
    const project = await createProject({
      "spec/a.json": JSON.stringify(leading(to)),
      "spec/b.json": JSON.stringify(leading("./parts/owner.yaml")),
      "spec/parts/owner.yaml": "type: string\n",
    });
    const { code, stderr } = await project.generate();
    expect(code).toBe(1);
    expect(stderr).toContain(`"${to}" has no target in spec/`);
    expect(await project.generated()).toEqual({});
  });
});

test("a path item may be one of the components", async () => {
  const get = operation("listPets");
  const document = {
    ...petDocument({
      openapi: "3.1.0",
      paths: { "/pets": { $ref: "#/components/pathItems/Pets" } },
    }),
    components: { pathItems: { Pets: { get } } },
  };
  const { documents } = await read({ "spec/a.json": JSON.stringify(document) });
  expect(documents[0]?.content["paths"]).toEqual({ "/pets": { get } });
});

test("two overlays are refused", async () => {
  await expect(
    read({ "spec/a.md": page(PETS), "spec/overlay.json": "{}", "spec/overlay.yaml": "{}" }),
  ).rejects.toThrow("spec/overlay.json and spec/overlay.yaml hold more than one overlay");
});

test("a link in spec/ is refused, since a commit does not hold its content", async () => {
  const project = await createProject({ "a.md": page(PETS), "spec/b.md": page(PETS) });
  await symlink("../a.md", join(project.folder, "spec/a.md"));
  const { code, stderr } = await project.generate();
  expect(code).toBe(1);
  expect(stderr).toMatch(/spec.a\.md must be a regular file: replace it/);
});

test("one run reports all problems of all files, and writes nothing", async () => {
  const other = petDocument({ components: components({ Pet: { type: "string" } }) });
  const project = await createProject({
    "spec/a.md": page(PETS),
    "spec/b.json": "{",
    "spec/c.yaml": stringify(other),
    "spec/d.md": "# Words",
    "spec/e.png": "x",
  });
  const { code, stdout, stderr } = await project.generate();
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr.trim().split("\n")).toEqual([
    expect.stringContaining("generate: spec/b.json is not JSON: "),
    expect.stringContaining("generate: spec/e.png cannot be used"),
    expect.stringContaining("generate: spec/d.md has no OpenAPI document"),
    expect.stringMatching(/^generate: spec\/a\.md:7 and spec\/c\.yaml disagree about .*Pet\/type/),
    expect.stringMatching(
      /^generate: spec\/a\.md:7 and spec\/c\.yaml disagree about .*Pet\/required/,
    ),
    expect.stringMatching(
      /^generate: spec\/a\.md:7 and spec\/c\.yaml disagree about .*Pet\/properties/,
    ),
  ] as unknown[]);
  expect(await project.generated()).toEqual({});
});

test("a run stops if there is no spec/", async () => {
  const project = await createProject({});
  const { code, stderr } = await project.generate();
  expect(code).toBe(1);
  expect(stderr).toMatch(/^generate: Expected the vendor's pages in .*spec.*\n$/);
});

test("a run stops if no file has an operation, and says what it looked for", async () => {
  const project = await createProject({ "spec/a.json": '{ "openapi": "3.0.3" }' });
  const { code, stderr } = await project.generate();
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /Expected OpenAPI documents with operations in spec\/, but found 1 documents/,
  );
});
