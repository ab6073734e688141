/** A request, however it came. */
export interface Incoming {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly token: string;
  readonly contentType: string;
  /** The body; empty for none. */
  readonly text: string;
}
