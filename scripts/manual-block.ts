/** The generated parts of the manuals, each between two comments. */
import { PAGES, readPage } from "./manuals.js";

const END = "<!-- end of the generated part -->";

/** A page, and the text that a command wrote there. */
interface Block {
  readonly path: string;
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

/** The text between the comments of a command. */
export function readBlock(command: string): string {
  return findBlock(command).text.trim();
}

/** The page with the comments of a command, and with a new text between them. */
export function replaceBlock(
  command: string,
  text: string,
): { readonly path: string; readonly page: string } {
  const { path, before, after } = findBlock(command);
  return { path, page: `${before}\n\n${text.trim()}\n\n${after}` };
}

/** Formats rows as a Markdown table; the first row is the header. */
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
  throw new Error(`No manual has a generated part: put ${opening} and ${END} into one of them.`);
}
