import { InvalidInputError } from "../../errors/invalid-input-error.js";
import { createSandbox, type Fault, type SandboxSwitches } from "../../sandbox/index.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import { type FieldForm, FIELD_FORMS } from "./fault-fields.js";
import { readFaults } from "./read-faults.js";
import { listSwitches, readSwitches, show } from "./read-switches.js";

/** The options for the behaviour of a sandbox. */
export const BEHAVIOUR_OPTIONS = {
  fault: {
    type: "string",
    multiple: true,
    value: "<fault>",
    completes: "fault",
    summary: "inject a fault, such as `status=503,times=3`; see below",
  },
  switch: {
    type: "string",
    multiple: true,
    value: "<name=value>",
    completes: "switch",
    summary: "choose undocumented behaviour of the API, such as `twins=409`; see below",
  },
} as const satisfies OptionSpecs;

/** The faults to inject, and the choices for undocumented behaviour of the API. */
export interface Behaviour {
  readonly faults: readonly Fault[];
  readonly switches: Partial<SandboxSwitches>;
}

/** @throws {CommandError} for unknown names and invalid values. */
export function readBehaviour({
  options,
}: Pick<CommandContext<typeof BEHAVIOUR_OPTIONS>, "options">): Behaviour {
  const behaviour = {
    faults: readFaults(options.fault),
    switches: readSwitches(options.switch),
  };
  try {
    // A throw-away sandbox checks the values.
    createSandbox(behaviour);
  } catch (error) {
    if (error instanceof InvalidInputError) throw toUsage(error, behaviour);
    throw error;
  }
  return behaviour;
}

/** Translates an error of the sandbox into the terms of the command line. */
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
    ? FIELD_FORMS[name as keyof typeof FIELD_FORMS] // Checked above.
    : undefined;
  return new CommandError(
    "usage",
    `--fault ${fault.kind}: ${name} must be ${form?.expected ?? expected}`,
  );
}
