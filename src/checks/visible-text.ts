/** The part of a text that is read, in characters. */
const MAX_TEXT = 4_096;

/** The text that a person would see of HTML or plain text, on one line. */
export function visibleText(text: string): string {
  const start = text.slice(0, MAX_TEXT).trim();
  const title = /<title>([^<]*)/i.exec(start)?.[1];
  // Outside HTML, `<…>` may be part of a hidden value, which must stay recognisable.
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
