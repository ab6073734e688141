import type { Command } from "./command.js";

/** A command that can be loaded. */
export interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** All commands, in the order of the help. None is loaded before it is asked for. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  list: {
    summary: "show all subscriptions, and which of them are duplicates",
    load: async () => (await import("./list.js")).list,
  },
};
