import { defineCommand } from "../command.js";
import { renderPlan, summarise } from "../output/render-plan.js";
import { PLAN_OPTIONS, preparePlan } from "./prepare-plan.js";

/** Exit code for a plan with changes, so that scripts can tell. */
const HAS_CHANGES = 2;

/** Shows what `apply` would do. */
export const plan = defineCommand({
  positionals: [],
  options: PLAN_OPTIONS,
  examples: ["plan", "plan --file staging.json", "plan --json | jq .summary"],
  notes: ["Exit codes: 0 nothing to change, 2 changes, 1 error."],
  run: async (context) => {
    const prepared = await preparePlan(context);
    const { steps, fingerprint } = prepared.plan;
    const summary = summarise(prepared.plan);
    const hasChanges = steps.some(({ action }) => action !== "keep");
    if (context.options.json) {
      context.printJson({ fingerprint, steps, summary });
    } else {
      for (const line of renderPlan(context, prepared.plan, prepared.others)) context.print(line);
      if (hasChanges) context.print("`linq-webhooks apply` with the same options carries it out.");
    }
    return hasChanges ? HAS_CHANGES : 0;
  },
});
