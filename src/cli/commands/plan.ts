import { resolve } from "node:path";
import type { SyncPlan } from "../../sync/index.js";
import { type CommandContext, defineCommand } from "../command.js";
import { CommandError } from "../command-error.js";
import { describeNeeds, findNeeds } from "../config/needs.js";
import type { Config } from "../config/parse-config.js";
import { draftPlan } from "../config/plan-config.js";
import { isPlanFile, toPlanFile } from "../config/plan-file.js";
import { findApi } from "../input/find-api.js";
import { readText } from "../input/read-text.js";
import { printable } from "../output/printable.js";
import { renderMarkdown } from "../output/render-markdown.js";
import { renderPlan, summarise } from "../output/render-plan.js";
import { writeText } from "../output/write-text.js";
import { countOthers, PLAN_OPTIONS, readAccount, readDeclared } from "./prepare-plan.js";

/** Exit code for a plan with changes, for scripts. */
const HAS_CHANGES = 2;

const OPTIONS = {
  out: {
    type: "string",
    value: "<path>",
    summary: "also write the plan to this file, for `apply <path>`",
  },
  markdown: { type: "boolean", summary: "print the plan as a comment for a pull request" },
  ...PLAN_OPTIONS,
} as const;

/** Shows what `apply` would do. */
export const plan = defineCommand({
  positionals: [],
  options: OPTIONS,
  examples: [
    "plan",
    "plan --file staging.json",
    "plan --out plan.json --markdown > comment.md",
    "plan --json | jq .summary",
  ],
  notes: [
    "It reads no secrets, and lists the secrets that `apply` will need. A saved plan contains no secrets either; `linq-webhooks apply <path>` makes its changes, unless the file or the account has changed since.",
    "Exit codes: 0 nothing to change, 2 changes, 1 error.",
  ],
  run: async (context) => {
    const { options, print, printJson } = context;
    if (options.json && options.markdown) {
      throw new CommandError("usage", "--json and --markdown cannot be combined: leave one out");
    }
    const allowUnknownEvents = options["allow-unknown-events"];
    const config = await readDeclared(context, { file: options.file, allowUnknownEvents });
    const { actual } = await readAccount(context, allowUnknownEvents);
    const plan = draftPlan(config, actual, options["rotate-secrets"]);
    const others = countOthers(plan, actual);
    const needs = findNeeds(config, plan);
    const hasChanges = plan.steps.some(({ action }) => action !== "keep");
    if (options.out !== undefined) await writePlan(context, options.out, config, plan);

    if (options.json) {
      const { fingerprint, steps } = plan;
      printJson({ fingerprint, steps, summary: summarise(plan), needs });
    } else if (options.markdown) {
      print(renderMarkdown(context, plan, { others, needs }));
    } else {
      for (const line of renderPlan(context, plan, others)) print(line);
      if (hasChanges) {
        const how = options.out === undefined ? "the same options" : "the saved file";
        const needed = describeNeeds(needs);
        const condition = needed === undefined ? "" : `; it needs ${printable(needed)}`;
        print(`\`linq-webhooks apply\` with ${how} makes these changes${condition}.`);
      }
    }
    return hasChanges ? HAS_CHANGES : 0;
  },
});

/** @throws {CommandError} when the file cannot be written, or exists and does not hold a plan. */
async function writePlan(
  { io, options, redact }: CommandContext<typeof OPTIONS>,
  out: string,
  config: Config,
  plan: SyncPlan,
): Promise<void> {
  const path = resolve(io.cwd, out);
  const { text, code } = await readText(path);
  if (code !== "ENOENT" && (text === undefined || !isPlanFile(text))) {
    throw new CommandError(
      "plan_file",
      "--out must name a new file, or a file with a plan to replace, but this file holds something else",
    );
  }
  const { source, fingerprint } = config;
  const file = toPlanFile(
    plan,
    {
      base_url: findApi(io.env).baseUrl,
      config: { file: source.name, fingerprint },
      options: {
        rotate_secrets: options["rotate-secrets"],
        allow_unknown_events: options["allow-unknown-events"],
      },
      summary: summarise(plan),
      needs: findNeeds(config, plan),
    },
    redact,
  );
  const written = `${JSON.stringify(file, null, 2)}\n`;
  const failure = await writeText(path, written, { replaces: true });
  if (failure === undefined) return;
  throw new CommandError(
    "plan_file",
    `the plan cannot be written to the path of --out: ${failure}`,
  );
}
