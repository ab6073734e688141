import { fromMarkdown } from "mdast-util-from-markdown";
import { MANUALS, README, readPage } from "../../scripts/manuals.js";

/** A program of the README or of a manual. */
export interface Program {
  /** Where it stands. */
  readonly manual: string;
  readonly heading: string;
  readonly lang: string;
  readonly code: string;
}

/** Every program of the README and the manuals, under the heading where it stands. */
export function readPrograms(): Program[] {
  return [README, ...MANUALS].flatMap(readProgramsOf);
}

function readProgramsOf(manual: string): Program[] {
  let heading = "";
  const programs: Program[] = [];
  for (const node of fromMarkdown(readPage(manual)).children) {
    if (node.type === "heading") {
      heading = node.children.map((child) => ("value" in child ? child.value : "")).join("");
    }
    if (node.type === "code" && (node.lang === "js" || node.lang === "ts")) {
      programs.push({ manual, heading, lang: node.lang, code: node.value });
    }
  }
  return programs;
}
