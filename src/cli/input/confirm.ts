import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";

/** What every command takes that deletes or changes something. */
export const CONFIRM_OPTIONS = {
  yes: { type: "boolean", summary: "do not ask, for scripts" },
} as const satisfies OptionSpecs;

/**
 * Asks before something is deleted or changed, on standard error; `--yes` answers for scripts.
 *
 * @param question - what is about to happen, without a question mark; may not hold what is not clean.
 * @throws {CommandError} when the answer is not yes, or there is nobody to ask.
 */
export async function confirm(
  { io, lines, options }: CommandContext<typeof CONFIRM_OPTIONS>,
  question: string,
): Promise<void> {
  if (options.yes) return;
  if (!lines.isTTY || io.stderr.isTTY !== true) {
    throw new CommandError(
      "not_confirmed",
      "this needs a yes, and there is no terminal to ask at; nothing was changed: add --yes",
    );
  }
  io.stderr.write(`${question}? [y/N] `);
  const answer = await lines.next(io.signal);
  if (answer === undefined) io.stderr.write("\n");
  if (/^\s*y(es)?\s*$/i.test(answer ?? "")) return;
  throw new CommandError("not_confirmed", "not confirmed; nothing was changed");
}
