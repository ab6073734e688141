/** The parts of the manuals that commands write, each between two comments. */
import { PAGES, readPage } from "./manuals.js";

const END = "<!-- end of what is written -->";

/** A page, and what a command has written there. */
interface Block {
  readonly path: string;
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

/** What stands between the comments of a command. */
export function readBlock(command: string): string {
  return findBlock(command).text.trim();
}

/** The page that holds the comments of a command, with another text between them. */
export function replaceBlock(
  command: string,
  text: string,
): { readonly path: string; readonly page: string } {
  const { path, before, after } = findBlock(command);
  return { path, page: `${before}\n\n${text.trim()}\n\n${after}` };
}

/** Rows as a table in Markdown, of which the first one is the head. */
export function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function findBlock(command: string): Block {
  const opening = `<!-- written by \`${command}\` -->`;
  for (const path of PAGES) {
    const page = readPage(path);
    const begin = page.indexOf(opening) + opening.length;
    const end = page.indexOf(END, begin);
    if (begin < opening.length || end < 0) continue;
    return {
      path,
      before: page.slice(0, begin),
      text: page.slice(begin, end),
      after: page.slice(end),
    };
  }
  throw new Error(`One of the manuals must hold ${opening} and ${END}`);
}
