/**
 * What makes two URLs the same for a delivery: the URL as WHATWG parses it, without its fragment,
 * which is never sent. A text that is not a URL is only equal to itself.
 */
export function addressOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  parsed.hash = "";
  return parsed.href;
}
