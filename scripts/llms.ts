import { fromMarkdown } from "mdast-util-from-markdown";
import { MANUALS, README, readPage } from "./manuals.js";

/** The text of llms.txt: the summary of the README, and each manual with its first paragraph. */
export function formatLlms(): string {
  const { title, summary } = readSummary(README);
  const links = MANUALS.map((path) => {
    const manual = readSummary(path);
    return `- [${manual.title}](${path}): ${manual.summary}`;
  });
  return (
    [`# ${title}`, `> ${summary}`, "## Manuals", links.join("\n"), ""].join("\n\n").trimEnd() + "\n"
  );
}

/** The title of a page, and its first paragraph as one line. */
function readSummary(path: string): { readonly title: string; readonly summary: string } {
  const page = readPage(path);
  const nodes = fromMarkdown(page).children;
  const textOf = (type: "heading" | "paragraph"): string => {
    const position = nodes.find((node) => node.type === type)?.position;
    if (!position) throw new Error(`${path} must begin with a title and a paragraph: add them.`);
    return page.slice(position.start.offset, position.end.offset).replaceAll(/\s+/g, " ");
  };
  return { title: textOf("heading").replace(/^# /, ""), summary: textOf("paragraph") };
}
