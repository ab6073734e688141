import type { WebhookSubscription } from "../../index.js";
import type { SyncPlan } from "../../sync/index.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import type { Config } from "../config/parse-config.js";
import { CONFIG_FILE, readConfig } from "../config/read-config.js";
import { API_OPTIONS, type CommandClient, connect, EVENTS_OPTION } from "../input/connect.js";

/** The file of subscriptions, for all commands that read it. */
export const FILE_OPTION = {
  file: {
    type: "string",
    value: "<path>",
    summary: `the file of subscriptions, ${CONFIG_FILE} or .jsonc unless given`,
  },
} as const satisfies OptionSpecs;

/** What `plan` and `apply` both take. */
export const PLAN_OPTIONS = {
  ...FILE_OPTION,
  "rotate-secrets": {
    type: "boolean",
    summary: "write every secret, for when they have changed",
  },
  ...EVENTS_OPTION,
  ...API_OPTIONS,
} as const satisfies OptionSpecs;

/** What is read, and what is let through. */
export interface ReadOptions {
  readonly file: string | undefined;
  readonly allowUnknownEvents: boolean;
}

/** Reads the file. What it names in the environment, and is there, is seen nowhere from then on. */
export async function readDeclared(
  { io, hide }: Pick<CommandContext, "io" | "hide">,
  { file, allowUnknownEvents }: ReadOptions,
): Promise<Config> {
  const { cwd, env } = io;
  const config = await readConfig({ file, cwd, env, allowUnknownEvents });
  config.keys.forEach(hide);
  for (const { secret } of config.subscriptions) {
    const value = secret?.env === undefined ? undefined : env[secret.env];
    // Whether it is usable does not matter before it is used.
    if (value !== undefined) hide(value);
  }
  return config;
}

/** The subscriptions that there are, and the client that has read them. */
export interface Account {
  readonly linq: CommandClient;
  readonly actual: readonly WebhookSubscription[];
}

export async function readAccount(
  context: CommandContext<typeof API_OPTIONS>,
  allowUnknownEvents: boolean,
): Promise<Account> {
  const linq = await connect(context, { allowUnknownEvents });
  const actual = await linq.webhookSubscriptions.list({ signal: context.io.signal });
  return { linq, actual };
}

/** How many subscriptions there are that the file has no say in. */
export function countOthers(
  { steps }: Pick<SyncPlan, "steps">,
  actual: readonly WebhookSubscription[],
): number {
  return actual.length - steps.filter(({ action }) => action !== "create").length;
}
