import { toShow, type WebhookSubscription } from "../../subscriptions/subscription.js";
import { addressOf } from "../../subscriptions/identity.js";
import type { SyncPlan } from "../../sync/index.js";
import type { CommandContext } from "../command.js";
import type { Config } from "../config/parse-config.js";
import { draftPlan } from "../config/plan-config.js";
import type { API_OPTIONS, EVENTS_OPTION } from "../input/connect.js";
import { printable } from "../output/printable.js";
import { renderStep } from "../output/render-plan.js";
import { type FILE_OPTION, readAccount, readDeclared } from "./prepare-plan.js";

/** Exit code for a difference, for scripts. */
const DIFFERS = 2;

/** Prints whether the file and the account agree. @returns the exit code. */
export async function checkAgreement(
  context: CommandContext<typeof FILE_OPTION & typeof EVENTS_OPTION & typeof API_OPTIONS>,
): Promise<number> {
  const { options, print, printJson, redact, style } = context;
  const allowUnknownEvents = options["allow-unknown-events"];
  const config = await readDeclared(context, { file: options.file, allowUnknownEvents });
  const { actual } = await readAccount(context, allowUnknownEvents);
  const plan = draftPlan(config, actual, false);
  const steps = plan.steps.filter(({ action }) => action !== "keep");
  const undeclared = toShow(findUndeclared(config, plan, actual));
  const agrees = steps.length === 0 && undeclared.length === 0;
  if (options.json) {
    printJson({ agrees, steps, undeclared });
    return agrees ? 0 : DIFFERS;
  }
  for (const step of steps) renderStep(context, step).forEach(print);
  for (const { id, webhook_url } of undeclared) {
    const line = `? ${printable(redact(webhook_url))} (${id}) is not in the file`;
    print(style("careful", line));
  }
  const name = printable(config.source.name);
  if (agrees) {
    print(style("good", `${name} and the account agree.`));
    return 0;
  }
  print(
    `\n${name} and the account differ. \`linq-webhooks apply\` changes the account, \`linq-webhooks pull --force\` the file.`,
  );
  return DIFFERS;
}

/** Finds the subscriptions whose URL is not in the file and that no step of the plan touches. */
function findUndeclared(
  { subscriptions }: Config,
  { steps }: SyncPlan,
  actual: readonly WebhookSubscription[],
): WebhookSubscription[] {
  const addresses = new Set(subscriptions.map(({ webhook_url }) => addressOf(webhook_url)));
  const ids = new Set(steps.map((step) => (step.action === "create" ? 0 : step.current.id)));
  return actual.filter(
    ({ id, webhook_url }) => !ids.has(id) && !addresses.has(addressOf(webhook_url)),
  );
}
