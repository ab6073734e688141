import { EVENT_NAMES } from "../../../generated/constants.js";
import type { ValueKind } from "../command.js";
import { FAULT_FORMS, type FaultField, FIELD_FORMS } from "../sandbox/fault-fields.js";
import { fieldsOf } from "../sandbox/read-faults.js";
import { listSwitches } from "../sandbox/read-switches.js";
import type { CompletionWorld } from "./answer-completion.js";
import { findIds } from "./find-ids.js";
import { SHELLS } from "./scripts.js";
import { type Suggestion, type Suggestions, toSuggestions } from "./suggestion.js";

/** Suggests values that start with this text. */
export async function suggestValues(
  kind: ValueKind | undefined,
  text: string,
  world: CompletionWorld,
): Promise<Suggestions> {
  switch (kind) {
    case "event":
      return toSuggestions(EVENT_NAMES);
    case "events":
      return suggestEvents(text);
    case "fault":
      return suggestFault(text);
    case "switch":
      return suggestSwitch(text);
    case "shell":
      return toSuggestions(SHELLS);
    case "id":
      return /^\d*$/.test(text) ? findIds(world) : [];
    case "path":
      return "files";
    case undefined:
      return [];
  }
}

/** Suggests the events that are not in the list yet. */
function suggestEvents(text: string): Suggestion[] {
  const listed = text.split(",").slice(0, -1);
  const left = EVENT_NAMES.filter((name) => !listed.includes(name));
  return toSuggestions(left, listed.map((name) => `${name},`).join(""));
}

function suggestFault(text: string): Suggestion[] {
  const last = text.slice(text.lastIndexOf(",") + 1);
  const before = text.slice(0, text.length - last.length);
  const [kind = ""] = text.split(/[=,]/, 1);
  const isName = before === "" && !last.includes("=");
  if (isName) return listFaults();
  if (!Object.hasOwn(FAULT_FORMS, kind)) return [];
  const form = FAULT_FORMS[kind as keyof typeof FAULT_FORMS]; // Checked above.
  const [name = ""] = last.split("=", 1);
  if (!last.includes("="))
    return toSuggestions(
      fieldsOf(form).map((field) => `${field}=`),
      before,
    );
  const field = before === "" ? form.main : fieldsOf(form).find((each) => each === name);
  return toSuggestions(wordsOf(field), `${before}${name}=`);
}

function listFaults(): Suggestion[] {
  return Object.entries(FAULT_FORMS).map(([kind, { main, defaults, summary }]) => {
    const needsValue = main !== undefined && main !== "write" && defaults?.[main] === undefined;
    return { value: needsValue ? `${kind}=` : kind, about: summary };
  });
}

function wordsOf(field: FaultField | undefined): readonly string[] {
  return field === undefined ? [] : (FIELD_FORMS[field].words ?? []);
}

function suggestSwitch(text: string): Suggestion[] {
  const [name = ""] = text.split("=", 1);
  if (!text.includes("=")) return toSuggestions(listSwitches().map(([each]) => `${each}=`));
  const form = listSwitches().find(([each]) => each === name)?.[1];
  return toSuggestions(form?.words ?? [], `${name}=`);
}
