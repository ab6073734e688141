import type { CommandContext, COMMON_OPTIONS } from "../command.js";
import type { CommandClient } from "../input/connect.js";
import { describeError } from "../output/describe-error.js";
import {
  type Ending,
  endSubscription,
  type HeldSubscription,
  holdSubscription,
} from "./hold-subscription.js";

/** In ms, for the end: the user is waiting for the prompt. A second signal ends it at once. */
const END_TIMEOUT = 15_000;

/**
 * Holds a subscription while a task runs. If it is interrupted while the subscription is being created,
 * it ends the subscription as well, so that none is left behind.
 *
 * @param task - receives the id of the subscription.
 * @returns whether the subscription ended as requested; if not, the error has been printed.
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
      `error: the subscription is still active, because it could not be ended: ${message}; \`linq-webhooks list\` shows it\n`,
    );
    return false;
  }
}

/** The subscription to hold, and its client. */
export interface Holding {
  readonly linq: CommandClient;
  readonly held: HeldSubscription;
  readonly ending: Ending;
}

const SENTENCES: Readonly<Record<Exclude<Ending, "leave">, (id: number) => string>> = {
  pause: (id) => `Paused subscription ${id}; the next start resumes it.`,
  delete: (id) => `Deleted subscription ${id}.`,
};
