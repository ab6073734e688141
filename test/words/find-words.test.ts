import { expect, it } from "vitest";
import { findWords } from "../../scripts/words/find-words.js";
import { WORDS } from "../../scripts/words/words.js";

const found = (name: string, text: string): string[] =>
  findWords(name, text).map(({ line, word }) => `${line} ${word}`);

it("finds words in the prose of a page, also across lines", () => {
  const page =
    "# Twins\n\nThe event comes\nagain.\n\n```ts\nconst twin = 1;\n```\n\nThis is no event.";
  expect(found("a.md", page)).toEqual(["1 Twins", "3 comes again", "10 is no"]);
});

it("ignores code and links", () => {
  expect(found("a.md", "The option `twins` has [a page](https://example.com/twins).")).toEqual([]);
});

it("finds words in comments, texts and JSX of a program, and not in names", () => {
  const program = [
    "/** It heals. */",
    'const twins = { heal: "twins", other: "two twins" };',
    "// Mend it",
    "const text = `the ${twins.heal} gives way`; // whoever it is",
    "const view = <p>It comes again</p>;",
    "/**",
    " * An integer from",
    " * 0 up.",
    " */",
  ];
  expect(found("a.tsx", program.join("\n"))).toEqual([
    ...["1 heals", "2 twins", "3 Mend", "4 gives way", "4 whoever", "5 comes again", "7 from 0 up"],
  ]);
});

it("offers a replacement without such words for each word", () => {
  for (const { instead } of WORDS) {
    expect(findWords("a.md", instead)).toEqual([]);
    expect(instead).not.toBe("");
  }
});

it("allows a sentence that begins with there, and the name of a switch", () => {
  const page =
    "There is no event. There are no events.\n\nRun it with --switch twins=409 or --switch twins.";
  expect(found("a.md", page)).toEqual([]);
});
