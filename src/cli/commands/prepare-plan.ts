import type { WebhookSubscription } from "../../index.js";
import type { SyncPlan } from "../../sync/index.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import type { Config } from "../config/parse-config.js";
import { CONFIG_FILE, readConfig } from "../config/read-config.js";
import { API_OPTIONS, type CommandClient, connect, EVENTS_OPTION } from "../input/connect.js";

/** The option for the file of subscriptions, for all commands that read it. */
export const FILE_OPTION = {
  file: {
    type: "string",
    value: "<path>",
    summary: `the file of subscriptions (default: ${CONFIG_FILE} or .jsonc)`,
  },
} as const satisfies OptionSpecs;

/** The options of both `plan` and `apply`. */
export const PLAN_OPTIONS = {
  ...FILE_OPTION,
  "rotate-secrets": {
    type: "boolean",
    summary: "write every secret, for when they have changed",
  },
  ...EVENTS_OPTION,
  ...API_OPTIONS,
} as const satisfies OptionSpecs;

/** Which file to read, and whether unknown events are allowed. */
export interface ReadOptions {
  readonly file: string | undefined;
  readonly allowUnknownEvents: boolean;
}

/** Reads the file, and hides the values of the environment variables that it names. */
export async function readDeclared(
  { io, hide }: Pick<CommandContext, "io" | "hide">,
  { file, allowUnknownEvents }: ReadOptions,
): Promise<Config> {
  const { cwd, env } = io;
  const config = await readConfig({ file, cwd, env, allowUnknownEvents });
  config.keys.forEach(hide);
  for (const { secret } of config.subscriptions) {
    const value = secret?.env === undefined ? undefined : env[secret.env];
    // An unusable secret is hidden as well.
    if (value !== undefined) hide(value);
  }
  return config;
}

/** The subscriptions of the account, and the client that listed them. */
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

/** Counts the subscriptions that the file does not manage. */
export function countOthers(
  { steps }: Pick<SyncPlan, "steps">,
  actual: readonly WebhookSubscription[],
): number {
  return actual.length - steps.filter(({ action }) => action !== "create").length;
}
