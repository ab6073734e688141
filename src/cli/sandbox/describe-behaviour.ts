import { FAULT_FORMS, type FaultForm, FIELD_FORMS, MATCH_FIELDS } from "./fault-fields.js";
import { listSwitches, show } from "./read-switches.js";

/** Describes the syntax of all faults and switches, for the help. */
export function describeBehaviour(): string[] {
  return [describeFaults(), describeSwitches()];
}

function describeFaults(): string {
  const rows = Object.entries(FAULT_FORMS).map(
    ([kind, form]) => [kind + describeForm(form), form.summary] as const,
  );
  const width = Math.max(...rows.map(([form]) => form.length));
  const [operation = ""] = FIELD_FORMS.operation.words ?? [];
  return [
    "Faults (--fault):",
    ...rows.map(([form, summary]) => `  ${form.padEnd(width)}  ${summary}`),
    "<write> says whether the request takes effect anyway: none, done, or the number of requests before it does.",
    `A fault affects the next request; ${MATCH_FIELDS.join(", ")} select other requests, as in status=503,operation=${operation},skip=1,times=all.`,
  ].join("\n");
}

/** The syntax after the name, with optional parts in brackets. */
function describeForm({ main, fields, defaults }: FaultForm): string {
  const behind = fields.map((field) => `[,${field}=]`).join("");
  if (main === undefined) return behind;
  const isOptional = main === "write" || defaults?.[main] !== undefined;
  return `${isOptional ? `[=<${main}>]` : `=<${main}>`}${behind}`;
}

function describeSwitches(): string {
  return [
    "Switches (--switch); the first value is the default:",
    ...listSwitches().map(([name, form]) => `  ${show(name, form)}`),
  ].join("\n");
}
