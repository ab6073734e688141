import type { CommandContext } from "../command.js";
import { suggest } from "./suggest.js";
import { toPrintable } from "./suggestion.js";

/** The context of a command before its arguments are parsed. */
export type CompletionWorld = Omit<CommandContext, "options" | "positionals">;

/**
 * Prints the candidates for the last word, one per line, each followed by a tab and a description;
 * `:files` asks the shell for file names. On any error it prints nothing, because the output appears
 * at the user's prompt.
 *
 * @param words - the words after the name of the program, up to the cursor.
 */
export async function answerCompletion(
  words: readonly string[],
  world: CompletionWorld,
): Promise<number> {
  try {
    const suggestions = await suggest(words, world);
    if (suggestions === "files") world.print(":files");
    else suggestions.map(toPrintable).forEach(world.print);
  } catch {
    // No suggestions.
  }
  return 0;
}
