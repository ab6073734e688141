/**
 * Reads the start of a body as text, up to about `maxBytes` bytes. If the body breaks off, it returns
 * the text so far, because the status of an answer matters more than the end of its body.
 */
export async function readStart(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<string> {
  const decoder = new TextDecoder();
  let [text, length] = ["", 0];
  try {
    for await (const chunk of body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      length += chunk.length;
      if (length >= maxBytes) break;
    }
  } catch {
    // The body broke off, or took too long.
  }
  return text;
}
