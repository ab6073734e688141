import type { CommandContext } from "../command.js";
import { suggest } from "./suggest.js";
import { toPrintable } from "./suggestion.js";

/** What a command has of the world before its arguments are read. */
export type CompletionWorld = Omit<CommandContext, "options" | "positionals">;

/**
 * Prints what could stand in place of the last word, one a line, and behind a tab what it is; `:files`
 * where that is a file. Whatever goes wrong, it prints nothing: it would land in somebody's prompt.
 *
 * @param words - what follows the name of the program, up to the cursor.
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
    // As if there were nothing to suggest.
  }
  return 0;
}
