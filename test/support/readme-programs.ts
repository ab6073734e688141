import { readFileSync } from "node:fs";
import { fromMarkdown } from "mdast-util-from-markdown";

/** A program of the README. */
export interface Program {
  readonly heading: string;
  readonly lang: string;
  readonly code: string;
}

/** Every program of the README, under the heading where it stands. */
export function readPrograms(): Program[] {
  let heading = "";
  const programs: Program[] = [];
  const markdown = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  for (const node of fromMarkdown(markdown).children) {
    if (node.type === "heading") {
      heading = node.children.map((child) => ("value" in child ? child.value : "")).join("");
    }
    if (node.type === "code" && (node.lang === "js" || node.lang === "ts")) {
      programs.push({ heading, lang: node.lang, code: node.value });
    }
  }
  return programs;
}
