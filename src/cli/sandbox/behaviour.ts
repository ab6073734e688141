import { InvalidInputError } from "../../errors/invalid-input-error.js";
import { createSandbox, type Fault, type SandboxSwitches } from "../../sandbox/index.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import { type FieldForm, FIELD_FORMS } from "./fault-fields.js";
import { readFaults } from "./read-faults.js";
import { listSwitches, readSwitches, show } from "./read-switches.js";

/** How a sandbox behaves. */
export const BEHAVIOUR_OPTIONS = {
  fault: {
    type: "string",
    multiple: true,
    value: "<fault>",
    completes: "fault",
    summary: "let something go wrong, such as status=503,times=3; see below",
  },
  switch: {
    type: "string",
    multiple: true,
    value: "<name=value>",
    completes: "switch",
    summary: "behave where nothing documents the API, such as twins=409; see below",
  },
} as const satisfies OptionSpecs;

/** What goes wrong, and what the API does where nothing documents it. */
export interface Behaviour {
  readonly faults: readonly Fault[];
  readonly switches: Partial<SandboxSwitches>;
}

/** @throws {CommandError} for what there is not, and for values that are not usable. */
export function readBehaviour({
  options,
}: Pick<CommandContext<typeof BEHAVIOUR_OPTIONS>, "options">): Behaviour {
  const behaviour = {
    faults: readFaults(options.fault),
    switches: readSwitches(options.switch),
  };
  try {
    // It knows best what it takes, and this one is thrown away.
    createSandbox(behaviour);
  } catch (error) {
    if (error instanceof InvalidInputError) throw toUsage(error, behaviour);
    throw error;
  }
  return behaviour;
}

/** Says in the words of the command line what the sandbox objects to. */
function toUsage({ field, expected }: InvalidInputError, { faults }: Behaviour): CommandError {
  const [, index = "", name = ""] = /^faults\[(\d+)\]\.(\w+)$/.exec(field) ?? [];
  const fault = faults[Number(index)];
  if (index === "" || !fault) {
    const [, option = ""] = /^switches\.(\w+)$/.exec(field) ?? [];
    const form = listSwitches().find(([each]) => each === option)?.[1];
    const wanted = form?.words ? show(option, form) : expected;
    return new CommandError("usage", `--switch ${option} must be ${wanted}`);
  }
  const form: FieldForm | undefined = Object.hasOwn(FIELD_FORMS, name)
    ? FIELD_FORMS[name as keyof typeof FIELD_FORMS] // As has just been asked.
    : undefined;
  return new CommandError(
    "usage",
    `--fault ${fault.kind}: ${name} must be ${form?.expected ?? expected}`,
  );
}
