/**
 * The URL that a text is, or undefined. Not every runtime has `URL.canParse`, and that of Node 20 fails for
 * letters such as "ü" once it is called often.
 */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
