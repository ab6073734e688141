import type { SyncPlan } from "../../sync/index.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { planConfig } from "../config/plan-config.js";
import { CONFIG_FILE, readConfig } from "../config/read-config.js";
import { readSecrets } from "../config/read-secrets.js";
import { API_OPTIONS, type CommandClient, connect, EVENTS_OPTION } from "../input/connect.js";

/** What `plan` and `apply` both take. */
export const PLAN_OPTIONS = {
  file: { type: "string", value: "<path>", summary: `the file, ${CONFIG_FILE} unless given` },
  "rotate-secrets": {
    type: "boolean",
    summary: "write every secret, for when they have changed",
  },
  ...EVENTS_OPTION,
  ...API_OPTIONS,
} as const satisfies OptionSpecs;

/** A plan, and what it takes to carry it out. */
export interface PreparedPlan {
  readonly plan: SyncPlan;
  readonly linq: CommandClient;
  /** How many subscriptions there are that the file has no say in. */
  readonly others: number;
}

/** Reads the file and the list, and compares them. */
export async function preparePlan(
  context: CommandContext<typeof PLAN_OPTIONS>,
): Promise<PreparedPlan> {
  const { io, options, hide } = context;
  const { file = CONFIG_FILE, "allow-unknown-events": allowUnknownEvents } = options;
  const config = await readConfig({ file, cwd: io.cwd, allowUnknownEvents });
  const secrets = await readSecrets(config, io);
  // Before anything comes that a server has said.
  for (const secret of secrets.values.values()) hide(secret);
  const linq = await connect(context, { allowUnknownEvents });
  const actual = await linq.webhookSubscriptions.list({ signal: io.signal });
  const plan = planConfig(config, secrets, actual, options["rotate-secrets"]);
  const concerned = plan.steps.filter((step) => step.action !== "create");
  return { plan, linq, others: actual.length - concerned.length };
}
