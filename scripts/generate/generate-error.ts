/** An error that the user can correct in spec/ or on the command line; it needs no stack trace. */
export class GenerateError extends Error {
  override readonly name = "GenerateError";
  /** One sentence for each problem, with its location. */
  readonly problems: readonly string[];

  constructor(problems: string | readonly string[], options?: ErrorOptions) {
    const all = typeof problems === "string" ? [problems] : problems;
    super(all.join("\n"), options);
    this.problems = all;
  }
}
