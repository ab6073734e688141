import type { Buffer } from "node:buffer";

/** How much of a body is kept for the page, in bytes. A larger body cannot be resent. */
const MAX_KEPT = 65_536;

/** A body as the page shows it. */
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
