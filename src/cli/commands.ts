import type { Command } from "./command.js";

/** A command that is loaded on demand. */
export interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** All commands, in the order of the help. Each is loaded only when it runs. */
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
    summary: "create a subscription; refuses one that would deliver an event twice",
    load: async () => (await import("./commands/create.js")).create,
  },
  ensure: {
    summary: "make sure that each event is delivered exactly once",
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
    summary: "show which events are delivered twice, and clean up with --remove",
    load: async () => (await import("./commands/duplicates.js")).duplicates,
  },
  pull: {
    summary: "write a file of subscriptions from the account",
    load: async () => (await import("./commands/pull.js")).pull,
  },
  plan: {
    summary: "show what a file of subscriptions would change",
    load: async () => (await import("./commands/plan.js")).plan,
  },
  apply: {
    summary: "change the subscriptions to match a file",
    load: async () => (await import("./commands/apply.js")).apply,
  },
  doctor: {
    summary: "find out why nothing arrives",
    load: async () => (await import("./commands/doctor.js")).doctor,
  },
  rotate: {
    summary: "change the secret of a URL without losing a delivery",
    load: async () => (await import("./commands/rotate.js")).rotate,
  },
  listen: {
    summary: "receive deliveries on this machine, show them, and forward them",
    load: async () => (await import("./commands/listen.js")).listen,
  },
  sandbox: {
    summary: "serve the API in memory, to try things without an account",
    load: async () => (await import("./commands/sandbox.js")).sandbox,
  },
  send: {
    summary: "send an example event to a receiver, or resend a captured one",
    load: async () => (await import("./commands/send.js")).send,
  },
  completion: {
    summary: "print a script that completes commands, options, events and ids in a shell",
    load: async () => (await import("./commands/completion.js")).completion,
  },
};
