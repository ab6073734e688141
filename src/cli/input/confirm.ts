import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";

/** The options of every command that deletes or changes something. */
export const CONFIRM_OPTIONS = {
  yes: { type: "boolean", summary: "do not ask for confirmation, for scripts" },
} as const satisfies OptionSpecs;

/**
 * Asks on standard error before a command deletes or changes something. `--yes` skips the question.
 *
 * @param question - the action, without a question mark; the caller must escape control characters.
 * @throws {CommandError} when the answer is not yes, or standard input or error is not a terminal.
 */
export async function confirm(
  { io, lines, options }: CommandContext<typeof CONFIRM_OPTIONS>,
  question: string,
): Promise<void> {
  if (options.yes) return;
  if (!lines.isTTY || io.stderr.isTTY !== true) {
    throw new CommandError(
      "not_confirmed",
      "this command asks for confirmation, which needs a terminal, so nothing was changed: add --yes",
    );
  }
  io.stderr.write(`${question}? [y/N] `);
  const answer = await lines.next(io.signal);
  if (answer === undefined) io.stderr.write("\n");
  if (/^\s*y(es)?\s*$/i.test(answer ?? "")) return;
  throw new CommandError("not_confirmed", "not confirmed; nothing was changed");
}
