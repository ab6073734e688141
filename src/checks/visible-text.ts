/** How much of a text is looked at, in characters. */
const MAX_TEXT = 4_096;

/** What a person would see of HTML or of plain text, on one line. */
export function visibleText(text: string): string {
  const start = text.slice(0, MAX_TEXT).trim();
  const title = /<title>([^<]*)/i.exec(start)?.[1];
  // Elsewhere than in HTML it may be a part of a value that is to be recognised later, and hidden.
  const seen = looksLikeHtml(start) ? (title ?? start.replace(/<[^>]*>?/g, " ")) : start;
  return seen.replace(/\s+/g, " ").trim();
}

function looksLikeHtml(text: string): boolean {
  return text.startsWith("<");
}

/** Whether the headers say that the body is JSON. */
export function isJson(headers: Pick<Headers, "get">): boolean {
  return /json/i.test(headers.get("content-type") ?? "");
}
