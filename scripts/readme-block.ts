/** The parts of the README that commands write, each between two comments. */

const END = "<!-- end of what is written -->";

/** What stands in the README between the comments of a command. */
export function readBlock(readme: string, command: string): string {
  return readme.slice(...findBlock(readme, command)).trim();
}

/** Puts a text between the comments of a command. */
export function replaceBlock(readme: string, command: string, text: string): string {
  const [begin, end] = findBlock(readme, command);
  return `${readme.slice(0, begin)}\n\n${text.trim()}\n\n${readme.slice(end)}`;
}

/** Rows as a table in Markdown, of which the first one is the head. */
export function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function findBlock(readme: string, command: string): [begin: number, end: number] {
  const opening = `<!-- written by \`${command}\` -->`;
  const begin = readme.indexOf(opening) + opening.length;
  const end = readme.indexOf(END, begin);
  if (begin < opening.length || end < 0)
    throw new Error(`The README must hold ${opening} and ${END}`);
  return [begin, end];
}
