import { describe, expect, test } from "vitest";
import { extractDocuments } from "../../../scripts/generate/read/extract-documents.js";
import { fenced, operation, page, petDocument } from "../pages.js";
import { createProject } from "../project.js";

const extract = (text: string): ReturnType<typeof extractDocuments> =>
  extractDocuments({ name: "spec/page.md", text });

describe("a page through the command", () => {
  test("stops at a document that is not JSON, names the place, and writes nothing", async () => {
    const broken = JSON.stringify(petDocument()).replace('"info":', '"info" ');
    const text = `# Pets\n\n\`\`\`json\n${broken}\n\`\`\`\n`;
    const project = await createProject({ "spec/a.md": page(petDocument()), "spec/b.md": text });
    const { code, stderr } = await project.generate();
    expect(code).toBe(1);
    expect(stderr).toBe(
      'generate: spec/b.md:3: the OpenAPI document in this block is not JSON: expected ":" ' +
        'at line 4, column 27, but found "{\\"title\\":\\"Pets\\",\\"ver".\n',
    );
    expect(await project.generated()).toEqual({});
  });

  test("reads four backticks, CRLF and pages without a document", async () => {
    const described = operation("listPets", { description: "Like so:\n```json\n{}\n```\n" });
    const inFour = fenced(petDocument({ paths: { "/pets": { get: described } } }), "````");
    const second = petDocument({ paths: { "/pets": { post: operation("addPet") } } });
    const project = await createProject({
      "spec/a.md": `# Pets\n\n${inFour}`,
      "spec/b.md": page(second).replaceAll("\n", "\r\n"),
      "spec/c.md": "",
      "spec/d.md": "# Words\n\nNo document here.\n",
    });
    expect(await project.generate()).toMatchObject({ code: 0, stderr: "" });
    const { "operations.ts": operations, "openapi.json": document } = await project.generated();
    expect(operations).toContain("listPets: {");
    expect(operations).toContain("addPet: {");
    expect(document).toContain("Like so:\\n```json\\n{}\\n```\\n");
  });

  test("stops where no page has an operation, and says what it looked for", async () => {
    const project = await createProject({ "spec/a.md": "# Words\n" });
    const { code, stderr } = await project.generate();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^generate: Expected OpenAPI documents .* found 0 .* 1 page.*\n$/);
  });

  test("stops where there is no spec/", async () => {
    const project = await createProject({});
    const { code, stderr } = await project.generate();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^generate: Expected the vendor's pages in .*spec.*\n$/);
  });
});

describe("a block", () => {
  test.each([
    ["JSON that is no OpenAPI document", '```json\n{ "id": 1 }\n```'],
    ["a JSON array", '```json\n[{ "openapi": "3.0.3" }]\n```'],
    ["another language", "```sh\ncurl https://pets.example\n```"],
    ["broken JSON of another kind", '```json\n{ "id": ... }\n```'],
    ["an indented one", '    {"openapi":"3.0.3"}'],
    ["inline code", '`{"openapi":"3.0.3"}`'],
  ])("is skipped: %s", (_, text) => {
    expect(extract(`# Page\n\n${text}\n`)).toEqual([]);
  });

  test.each([
    ["with tildes", '~~~\n{"openapi":"3.0.3"}\n~~~'],
    ["without a language", '```\n{"openapi":"3.0.3"}\n```'],
    ["over several lines", '```json\n{\n  "openapi": "3.0.3"\n}\n```'],
    ["in a list", '- One:\n\n  ```json\n  {"openapi":"3.0.3"}\n  ```'],
    ["in a quotation", '> ```json\n> {"openapi":"3.0.3"}\n> ```'],
    ["that the page does not close", '```json\n{"openapi":"3.0.3"}'],
  ])("is read: %s", (_, text) => {
    expect(extract(text)).toMatchObject([{ content: { openapi: "3.0.3" } }]);
  });

  test("is known by its page and line", () => {
    expect(extract(page({ openapi: "3.0.3" })).map(({ source }) => source)).toEqual([
      "spec/page.md:7",
    ]);
  });

  test.each([
    ['{"openapi":"3.0.3",}', "expected a property name in double quotes at line 2, column 20"],
    ['{"openapi":"3.0.3" "info":{}}', 'expected "," or "}" at line 2, column 20'],
    ['{"openapi":"3.0.3","a":[1 2]}', 'expected "," or "]" at line 2, column 27'],
    ['{"openapi":"3.0.3",\n"a":undefined}', "expected a JSON value at line 3, column 5"],
    ['{"openapi":"3.0.3"} {}', "expected the end of the block at line 2, column 21"],
    ['{"openapi":"3.0.3"', 'expected "," or "}" at line 2, column 19, but found the end'],
  ])("that is broken tells where: %s", (text, message) => {
    expect(() => extract(`\`\`\`json\n${text}\n\`\`\``)).toThrow(message);
  });
});
