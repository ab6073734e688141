/** What a person can correct in spec/ or on the command line; its problems are all they need to see. */
export class GenerateError extends Error {
  override readonly name = "GenerateError";
  /** One sentence for each problem, with its place. */
  readonly problems: readonly string[];

  constructor(problems: string | readonly string[], options?: ErrorOptions) {
    const all = typeof problems === "string" ? [problems] : problems;
    super(all.join("\n"), options);
    this.problems = all;
  }
}
