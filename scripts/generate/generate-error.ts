/** What a person can mend in spec/ or on the command line; its message is all they need to see. */
export class GenerateError extends Error {
  override readonly name = "GenerateError";
}
