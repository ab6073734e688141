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
    load: async () => (await import("./commands/list.js")).list,
  },
  get: {
    summary: "show one subscription",
    load: async () => (await import("./commands/get.js")).get,
  },
  create: {
    summary: "create a subscription; refuses what would deliver an event twice",
    load: async () => (await import("./commands/create.js")).create,
  },
  ensure: {
    summary: "make sure that events are delivered exactly once",
    load: async () => (await import("./commands/ensure.js")).ensure,
  },
  update: {
    summary: "change a subscription",
    load: async () => (await import("./commands/update.js")).update,
  },
  delete: {
    summary: "delete a subscription",
    load: async () => (await import("./commands/delete.js")).deleteCommand,
  },
  duplicates: {
    summary: "show what is delivered twice, and clean up with --remove",
    load: async () => (await import("./commands/duplicates.js")).duplicates,
  },
  pull: {
    summary: "write a file of subscriptions from what there is",
    load: async () => (await import("./commands/pull.js")).pull,
  },
  plan: {
    summary: "show what a file of subscriptions would change",
    load: async () => (await import("./commands/plan.js")).plan,
  },
  apply: {
    summary: "change the subscriptions to what a file says",
    load: async () => (await import("./commands/apply.js")).apply,
  },
  doctor: {
    summary: "say why nothing arrives",
    load: async () => (await import("./commands/doctor.js")).doctor,
  },
  rotate: {
    summary: "change the secret of a URL without losing a delivery",
    load: async () => (await import("./commands/rotate.js")).rotate,
  },
  listen: {
    summary: "receive deliveries on this machine, show them, and hand them on",
    load: async () => (await import("./commands/listen.js")).listen,
  },
  sandbox: {
    summary: "serve the API in memory, to try things without an account",
    load: async () => (await import("./commands/sandbox.js")).sandbox,
  },
  send: {
    summary: "send an example of an event to a receiver, or a captured one again",
    load: async () => (await import("./commands/send.js")).send,
  },
  completion: {
    summary: "print a script that completes commands, options, events and ids in a shell",
    load: async () => (await import("./commands/completion.js")).completion,
  },
};
