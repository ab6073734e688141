/** Which request an error is about. */
export interface RequestContext {
  /** The HTTP method. */
  readonly method: string;
  /** The path below the base URL, without the query. */
  readonly path: string;
}
