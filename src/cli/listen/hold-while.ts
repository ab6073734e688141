import type { CommandContext, COMMON_OPTIONS } from "../command.js";
import type { CommandClient } from "../input/connect.js";
import { describeError } from "../output/describe-error.js";
import {
  type Ending,
  endSubscription,
  type HeldSubscription,
  holdSubscription,
} from "./hold-subscription.js";

/** In ms, for the end: somebody waits for the prompt. A second signal ends it at once. */
const END_TIMEOUT = 15_000;

/**
 * Holds a subscription while a task goes on. An interruption while it is being made ends it as well, so
 * that nothing is left but what was asked for.
 *
 * @param task - gets the id of the subscription.
 * @returns whether the end was as asked for; what went wrong has been said.
 */
export async function holdWhile(
  context: Pick<CommandContext<typeof COMMON_OPTIONS>, "io" | "options" | "print">,
  { linq, held, ending }: Holding,
  task: (id: number | undefined) => Promise<void>,
): Promise<boolean> {
  const { signal } = context.io;
  try {
    await task(await holdSubscription(linq, held, signal));
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (ending === "leave") return true;
  try {
    const ids = await endSubscription(linq, held, ending, END_TIMEOUT);
    if (!context.options.json) ids.map(SENTENCES[ending]).forEach(context.print);
    return true;
  } catch (error) {
    const { message } = describeError(error);
    context.io.stderr.write(
      `error: the subscription is still active, since this went wrong: ${message}; \`linq-webhooks list\` shows it\n`,
    );
    return false;
  }
}

/** What is held, and with what. */
export interface Holding {
  readonly linq: CommandClient;
  readonly held: HeldSubscription;
  readonly ending: Ending;
}

const SENTENCES: Readonly<Record<Exclude<Ending, "leave">, (id: number) => string>> = {
  pause: (id) => `Paused subscription ${id}; the next start resumes it.`,
  delete: (id) => `Deleted subscription ${id}.`,
};
