import { resolve } from "node:path";
import type { SyncPlan } from "../../sync/index.js";
import type { CommandContext } from "../command.js";
import { CommandError } from "../command-error.js";
import type { Config } from "../config/parse-config.js";
import { draftPlan, planConfig } from "../config/plan-config.js";
import { isPlanOf, parsePlanFile, type PlanFile } from "../config/plan-file.js";
import { readSecrets } from "../config/read-secrets.js";
import type { CommandClient } from "../input/connect.js";
import { findApi } from "../input/find-api.js";
import { readText } from "../input/read-text.js";
import { countOthers, type PLAN_OPTIONS, readAccount, readDeclared } from "./prepare-plan.js";

/** A plan with its secrets, and the client that applies it. */
export interface PreparedPlan {
  readonly plan: SyncPlan;
  readonly linq: CommandClient;
  /** How many subscriptions the file does not manage. */
  readonly others: number;
  /** Compares the file with the current list. */
  readonly replan: () => Promise<SyncPlan>;
}

type Context = CommandContext<typeof PLAN_OPTIONS>;

/** Plans from the file, its secrets and the list, and checks a saved plan against them. */
export async function prepareApply(context: Context): Promise<PreparedPlan> {
  const { io, options, hide, positionals } = context;
  const [path] = positionals;
  const written = path === undefined ? undefined : await readPlan(context, path);
  const { rotate, allowUnknownEvents } = readOptions(options, written);
  const file = options.file ?? written?.config.file;
  const config = await readDeclared(context, { file, allowUnknownEvents });
  if (written) checkConfig(written, config);
  const secrets = await readSecrets(config, io);
  // Before the first answer of a server can be printed.
  for (const secret of secrets.values.values()) hide(secret);
  const { linq, actual } = await readAccount(context, allowUnknownEvents);
  if (written) checkFresh(written, draftPlan(config, actual, rotate), context);
  const plan = planConfig(config, secrets, actual, rotate);
  const replan = async (): Promise<SyncPlan> =>
    draftPlan(config, await linq.webhookSubscriptions.list({ signal: io.signal }), rotate);
  return { plan, linq, others: countOthers(plan, actual), replan };
}

/** A saved plan is applied with the options that it was made with. */
function readOptions(
  given: Context["options"],
  written: PlanFile | undefined,
): { rotate: boolean; allowUnknownEvents: boolean } {
  const [rotate, allowUnknownEvents] = [given["rotate-secrets"], given["allow-unknown-events"]];
  if (!written) return { rotate, allowUnknownEvents };
  const { rotate_secrets, allow_unknown_events } = written.options;
  if (rotate && !rotate_secrets) {
    throw new CommandError(
      "usage",
      "this plan was made without --rotate-secrets: make a new one with `linq-webhooks plan --rotate-secrets --out <path>`",
    );
  }
  return { rotate: rotate_secrets, allowUnknownEvents: allow_unknown_events };
}

/** The error does not repeat the path, which may be a secret in the wrong place. */
async function readPlan({ io }: Context, path: string): Promise<PlanFile> {
  const { text, failure } = await readText(resolve(io.cwd, path));
  if (failure !== undefined) {
    throw new CommandError(
      "plan_file",
      `<plan> must name a file from \`linq-webhooks plan --out <path>\`, but ${failure}`,
    );
  }
  const written = parsePlanFile(text);
  const { baseUrl: here } = findApi(io.env);
  if (written.base_url === here) return written;
  throw new CommandError(
    "plan_file",
    `the plan was made for ${written.base_url}, but the server is ${here}; set LINQ_BASE_URL to the former, or make a new plan`,
  );
}

function checkConfig({ config }: PlanFile, { fingerprint, source }: Config): void {
  if (config.fingerprint === fingerprint) return;
  throw new CommandError(
    "stale_plan",
    `${source.name} has changed since the plan was made, so nothing was done; make a new plan with \`linq-webhooks plan --out <path>\``,
  );
}

/** @throws {CommandError} when the plan is stale, or applying it would not do what it shows. */
function checkFresh(written: PlanFile, now: SyncPlan, { redact }: Context): void {
  const isSame = written.fingerprint === now.fingerprint;
  if (isSame && isPlanOf(written, now, redact)) return;
  const isDone = now.steps.every(({ action }) => action === "keep");
  const found = isSame
    ? "the plan differs from what this version of linq-webhooks would do with these variables"
    : "the subscriptions have changed since the plan was made";
  const left = isDone ? ", and nothing is left to do" : "";
  throw new CommandError(
    "stale_plan",
    `${found}, so nothing was done${left}; make a new plan with \`linq-webhooks plan --out <path>\``,
  );
}
