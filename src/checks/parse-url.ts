/**
 * Parses a URL; returns undefined for any other text. It does not use `URL.canParse`, because not every
 * runtime has it, and in Node 20 it fails for letters such as "ü" after many calls.
 */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
