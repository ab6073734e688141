import { expect, it } from "vitest";
import { countLines } from "../../scripts/lines/count-lines.js";

it.each([
  ["one statement", "const one = 1;\n", 1],
  ["blank lines", "\nconst one = 1;\n\n \t\nconst two = 2;\n", 2],
  ["comments of each kind", "// one\n/* two\n three */\n/** four\n * {@link five} */\nrun();\n", 1],
  ["a doc comment with tags", "/**\n * @param a - one.\n * @returns two.\n */\nrun();\n", 1],
  ["a comment beside code", "run(); // one\nrun(/* two */);\n", 2],
  ["what looks like a comment in a text", 'const url = "\\\n// one";\n', 2],
  ["a text of several lines", "const text = `\n// one\n\n* two`;\n", 3],
  ["a text with values", "const text = `one\n${run(\n  two,\n)} three\n`;\n", 5],
  ["nothing", "", 0],
  ["only comments", "// one\n\n// two\n", 0],
])("counts the lines that hold code: %s", (_case, text, count) => {
  expect(countLines("file.ts", text)).toBe(count);
});

it("reads JSX, in which a text is not a comment", () => {
  expect(
    countLines("file.tsx", "const a = (\n  <p>\n    // one\n    {/* two */}\n  </p>\n);\n"),
  ).toBe(6);
});

it("counts every line that is not blank in other languages", () => {
  expect(countLines("page.css", "/* one */\n\na {\n}\n")).toBe(3);
});
