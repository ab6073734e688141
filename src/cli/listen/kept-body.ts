import type { Buffer } from "node:buffer";

/** How much of a body is kept to be shown, in bytes. One that is larger cannot be sent again. */
const MAX_KEPT = 65_536;

/** A body as it is shown. */
export interface ShownBody {
  readonly body: string;
  readonly bodyBytes: number;
  readonly isBodyCut: boolean;
}

export function showBody(body: Buffer): ShownBody {
  const isBodyCut = body.length > MAX_KEPT;
  return {
    body: (isBodyCut ? body.subarray(0, MAX_KEPT) : body).toString("utf8"),
    bodyBytes: body.length,
    isBodyCut,
  };
}
