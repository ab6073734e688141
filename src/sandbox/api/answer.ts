import type { components } from "../../../generated/openapi.js";
import type { Refusal } from "./refusal.js";
import { findStatusTitle, toErrorCode } from "./status-title.js";
import type { SandboxSwitches } from "../switches.js";

/** An answer of the API, before it is serialized. */
export interface Answer {
  readonly status: number;
  /** The value of the JSON body; undefined for none. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

type Schemas = components["schemas"];

/** The answer for a refusal. */
export function toAnswer(refusal: Refusal, shape: SandboxSwitches["errorShape"]): Answer {
  const { status, headers } = refusal;
  return { status, body: ERROR_SHAPES[shape](refusal), headers };
}

const ERROR_SHAPES: Record<
  SandboxSwitches["errorShape"],
  (refusal: Refusal) => Schemas["ErrorResponse"]
> = {
  flat: ({ status, message, errors }): Schemas["ErrorMessage"] => ({
    status: "error",
    error_code: toErrorCode(status),
    message,
    errors: [...errors],
  }),
  list: ({ status, errors }): Schemas["ErrorList"] => ({
    errors: errors.map((detail) => ({
      status,
      code: toErrorCode(status),
      title: findStatusTitle(status),
      detail,
    })),
  }),
};
