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

/** A plan with its secrets, and what it takes to carry it out. */
export interface PreparedPlan {
  readonly plan: SyncPlan;
  readonly linq: CommandClient;
  /** How many subscriptions there are that the file has no say in. */
  readonly others: number;
  /** Compares the file with the list as it is now. */
  readonly replan: () => Promise<SyncPlan>;
}

type Context = CommandContext<typeof PLAN_OPTIONS>;

/** Reads the file, its secrets and the list, and compares them; or does what a written plan says. */
export async function prepareApply(context: Context): Promise<PreparedPlan> {
  const { io, options, hide, positionals } = context;
  const [path] = positionals;
  const written = path === undefined ? undefined : await readPlan(context, path);
  const { rotate, allowUnknownEvents } = readOptions(options, written);
  const file = options.file ?? written?.config.file;
  const config = await readDeclared(context, { file, allowUnknownEvents });
  if (written) checkConfig(written, config);
  const secrets = await readSecrets(config, io);
  // Before anything comes that a server has said.
  for (const secret of secrets.values.values()) hide(secret);
  const { linq, actual } = await readAccount(context, allowUnknownEvents);
  if (written) checkFresh(written, draftPlan(config, actual, rotate), context);
  const plan = planConfig(config, secrets, actual, rotate);
  const replan = async (): Promise<SyncPlan> =>
    draftPlan(config, await linq.webhookSubscriptions.list({ signal: io.signal }), rotate);
  return { plan, linq, others: countOthers(plan, actual), replan };
}

/** What a plan was made with it is applied with. */
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
      "--rotate-secrets is for `linq-webhooks plan --out <path>`: this plan was made without it",
    );
  }
  return { rotate: rotate_secrets, allowUnknownEvents: allow_unknown_events };
}

/** The path is not repeated: somebody may have given a secret in its place. */
async function readPlan({ io }: Context, path: string): Promise<PlanFile> {
  const { text, failure } = await readText(resolve(io.cwd, path));
  if (failure !== undefined) {
    throw new CommandError(
      "plan_file",
      `<plan> must name a file that \`linq-webhooks plan --out <path>\` has written, but ${failure}`,
    );
  }
  const written = parsePlanFile(text);
  const { baseUrl: here } = findApi(io.env);
  if (written.base_url === here) return written;
  throw new CommandError(
    "plan_file",
    `the plan was made for ${written.base_url}, and this is ${here}; set LINQ_BASE_URL to the former, or make a new plan`,
  );
}

function checkConfig({ config }: PlanFile, { fingerprint, source }: Config): void {
  if (config.fingerprint === fingerprint) return;
  throw new CommandError(
    "stale_plan",
    `${source.name} says something else than when the plan was made, so nothing was done; make a new plan with \`linq-webhooks plan --out <path>\``,
  );
}

/** @throws {CommandError} when the plan no longer fits, or it would do something else than it shows. */
function checkFresh(written: PlanFile, now: SyncPlan, { redact }: Context): void {
  const isSame = written.fingerprint === now.fingerprint;
  if (isSame && isPlanOf(written, now, redact)) return;
  const isDone = now.steps.every(({ action }) => action === "keep");
  const found = isSame
    ? "the plan shows something else than this version of linq-webhooks would do with these variables"
    : "the subscriptions have changed since the plan was made";
  const left = isDone ? ", and nothing is left to do" : "";
  throw new CommandError(
    "stale_plan",
    `${found}, so nothing was done${left}; make a new plan with \`linq-webhooks plan --out <path>\``,
  );
}
