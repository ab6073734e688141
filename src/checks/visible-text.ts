/** How much of a text is looked at, in characters. */
const MAX_TEXT = 4_096;

/** What a person would see of HTML or of plain text, on one line. */
export function visibleText(text: string): string {
  const start = text.slice(0, MAX_TEXT);
  const title = /<title>([^<]*)/i.exec(start)?.[1];
  return (title ?? start.replace(/<[^>]*>?/g, " ")).replace(/\s+/g, " ").trim();
}
