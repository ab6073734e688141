/**
 * What has come of a body, as text, when that is enough bytes or the body breaks off: an answer's status
 * says more than its end.
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
    // It broke off, or took too long.
  }
  return text;
}
