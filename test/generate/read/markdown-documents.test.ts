import { describe, expect, test } from "vitest";
import { createProblems } from "../../../scripts/generate/problems.js";
import { findInMarkdown, type Found } from "../../../scripts/generate/read/markdown-documents.js";
import { page } from "../pages.js";

function extract(text: string): Found[] {
  const problems = createProblems();
  const found = findInMarkdown({ name: "spec/page.md", text }, problems);
  problems.throwIfAny();
  return found;
}

describe("a block", () => {
  test.each([
    ["JSON that is not an OpenAPI document", '```json\n{ "id": 1 }\n```'],
    ["another language", "```sh\ncurl https://pets.example\n```"],
    ["broken JSON of another kind", '```json\n{ "id": ... }\n```'],
    ["inline code", '`{"openapi":"3.0.3"}`'],
  ])("is skipped: %s", (_, text) => {
    expect(extract(`# Page\n\n${text}\n`)).toEqual([]);
  });

  test.each([
    ["with tildes", '~~~\n{"openapi":"3.0.3"}\n~~~'],
    ["without a language", '```\n{"openapi":"3.0.3"}\n```'],
    ["over several lines", '```json\n{\n  "openapi": "3.0.3"\n}\n```'],
    ["of YAML", "```yaml\nopenapi: 3.0.3\n```"],
    ["of YAML with its own quotes", "```yml\n# A page.\n\"openapi\": '3.0.3'\n```"],
    ["of YAML in a fence with words", "````yaml openapi.yaml get /pets\nopenapi: 3.0.3\n````"],
    ["in a tag of MDX", '<CodeGroup>\n```json API\n{"openapi":"3.0.3"}\n```\n</CodeGroup>'],
    [
      "deep in tags of MDX",
      '<Tabs>\n  <Tab title="JSON">\n    ```json\n    {"openapi":"3.0.3"}\n    ```\n  </Tab>\n</Tabs>',
    ],
    [
      "in a tag of GitBook",
      '{% code title="openapi.json" %}\n```json\n{"openapi":"3.0.3"}\n```\n{% endcode %}',
    ],
    ["beside a tag in another block", '```html\n<div>\n```\n\n```json\n{"openapi":"3.0.3"}\n```'],
    ["of YAML that is indented", "```yaml\n  openapi: 3.0.3\n  info: {}\n```"],
    ["of YAML on one line", "```yaml\n{ openapi: 3.0.3 }\n```"],
    [
      "below tags with text",
      '<details><summary>Second</summary>\n```json\n{"openapi":"3.0.3"}\n```\n</details>',
    ],
    [
      "below a tag with a > in it",
      '<Tab title="a > b">\n```json\n{"openapi":"3.0.3"}\n```\n</Tab>',
    ],
    ["in a list", '- One:\n\n  ```json\n  {"openapi":"3.0.3"}\n  ```'],
    ["in a quotation", '> ```json\n> {"openapi":"3.0.3"}\n> ```'],
    ["that the page does not close", '```json\n{"openapi":"3.0.3"}'],
    ["with CRLF", '```json\r\n{"openapi":\r\n"3.0.3"}\r\n```\r\n'],
  ])("is read: %s", (_, text) => {
    expect(extract(text)).toMatchObject([{ value: { openapi: "3.0.3" } }]);
  });

  test("is identified by its page and line", () => {
    expect(extract(page({ openapi: "3.0.3" })).map(({ source }) => source)).toEqual([
      "spec/page.md:7",
    ]);
  });

  test.each([
    ['{"openapi":"3.0.3",}', "expected a property name in double quotes at line 2, column 20"],
    [
      '{"openapi":"3.0.3" "info":{}}',
      'expected "," or the end of the object or list at line 2, column 20',
    ],
    ['// Pets\n{"openapi":"3.0.3"}', "expected JSON, which has no comments at line 2, column 1"],
    ['{"openapi":"3.0.3","a":1e999}', "holds a number that is too large for JavaScript at line 2"],
    [
      'openapi: 3.0.3\n200: a\n"200": b',
      "is not YAML: at line 4, column 1: Map keys must be unique.",
    ],
    ['{"openapi":"3.0.3","a":[1 2]}', "or the end of the object or list at line 2, column 27"],
    ['{"openapi":"3.0.3",\n"a":undefined}', "expected a JSON value at line 3, column 5"],
    ['{"openapi":"3.0.3"} {}', "expected the end of the document at line 2, column 21"],
    ['{"openapi":"3.0.3"', 'expected "," or "}" at line 2, column 19, but found the end'],
    [
      '{"openapi":"3.0.3","a":1,"a":2}',
      'spec/page.md:1: the name "a" occurs twice in one object, the second time at line 2, column 26',
    ],
    ["openapi: 3.0.3\ninfo: [", "spec/page.md:1 is not YAML: at line 3, column 8: Flow sequence"],
    ["openapi: 3.0.3\na: 1\na: 2", "is not YAML: at line 4, column 1: Map keys must be unique."],
    [
      "openapi: 3.0.3\na: .inf",
      'holds a value that JSON cannot represent: the value of "a" is Infinity.',
    ],
    ["openapi: 3.0.3\na: &a [*a]", "holds a value that JSON cannot represent: "],
  ])("that is broken leads to an error with its position: %s", (text, message) => {
    expect(() => extract(`\`\`\`json\n${text}\n\`\`\``)).toThrow(message);
  });
});

test("a document outside of all code blocks is named", () => {
  const text = `${page({ openapi: "3.0.3" })}\n    {"openapi":"3.0.3"}\n\nopenapi: 3.1.0\n`;
  expect(() => extract(text)).toThrow(
    /page\.md:11: the OpenAPI document that begins here is not in a code block[^]*page\.md:13: the OpenAPI/,
  );
});

test("YAML resolves merge keys", () => {
  const text = "```yaml\nopenapi: 3.0.3\nx-a: &a { b: 1 }\ninfo: { <<: *a, c: 2 }\n```";
  expect(extract(text)).toMatchObject([{ value: { info: { b: 1, c: 2 } } }]);
});
