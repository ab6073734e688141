/** What a client sees of an answer. */
export interface Seen {
  /** Undefined when no headers arrive. */
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  /** As much of the body as arrived. */
  readonly text: string;
  /** The code of a broken connection, or the signal's reason; undefined for a complete answer. */
  readonly error: unknown;
}

/** Sends a request, and gives up with the reason "gave up" when it is `stuck` or half has come. */
export async function seeAnswer(
  fetch: typeof globalThis.fetch,
  request: Request,
  { stuck, isHalfEnough }: { stuck?: Promise<void>; isHalfEnough?: boolean } = {},
): Promise<Seen> {
  const controller = new AbortController();
  const giveUp = (): void => {
    controller.abort("gave up");
  };
  void stuck?.then(giveUp);
  let response: Response;
  try {
    response = await fetch(request, { redirect: "manual", signal: controller.signal });
  } catch (error) {
    return { status: undefined, headers: undefined, text: "", error: toCode(error) };
  }
  const { status, headers, body } = response;
  let text = "";
  try {
    const decoder = new TextDecoder();
    // Node and the DOM disagree on what a stream of bytes is; both can be iterated over.
    for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      if (isHalfEnough) giveUp();
    }
    return { status, headers, text, error: undefined };
  } catch (error) {
    return { status, headers, text, error: toCode(error) };
  }
}

function toCode(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? cause.code : error;
}
