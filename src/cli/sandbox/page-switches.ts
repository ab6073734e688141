import { InvalidInputError } from "../../errors/invalid-input-error.js";
import type { Sandbox, SandboxSwitches } from "../../sandbox/index.js";
import { PageError } from "../page/page-error.js";
import type { PageSwitch } from "../page/protocol.js";

type Kind = Pick<PageSwitch, "kind" | "choices">;

const FLAG: Kind = { kind: "boolean" };
const NUMBER: Kind = { kind: "number" };
const choice = (...choices: string[]): Kind => ({ kind: "choice", choices });

/** How the page sets each switch; undefined for a switch that is a function. */
const KINDS: Readonly<Record<keyof SandboxSwitches, Kind | undefined>> = {
  putWithoutSecret: choice("keep", "clear"),
  putWithoutActive: choice("keep", "activate"),
  activeDefault: FLAG,
  twinEventIds: choice("same", "different"),
  twins: choice("accept", "409", "422"),
  pageSize: NUMBER,
  listLag: NUMBER,
  storedUrl: undefined,
  storedEvents: undefined,
  deletion: choice("now", "soft"),
  missingId: choice("404", "204"),
  invalidInput: choice("refuse", "accept"),
  errorShape: choice("flat", "list"),
  unwrappedBody: choice("refuse", "accept"),
  bodySpelling: choice("javascript", "rails", "php", "python"),
  redelivery: NUMBER,
  rateLimit: NUMBER,
  retryAfter: NUMBER,
};

/** Lists the switches and their current values. */
export function listPageSwitches({ switches }: Pick<Sandbox, "switches">): PageSwitch[] {
  const values: Readonly<Record<string, unknown>> = { ...switches };
  return Object.entries(KINDS).flatMap(([name, kind]) =>
    kind ? [{ name, value: toValue(values[name]), ...kind }] : [],
  );
}

function toValue(value: unknown): PageSwitch["value"] {
  const isPlain = ["string", "number", "boolean"].includes(typeof value);
  return isPlain ? (value as string | number | boolean) : null; // Checked above.
}

/**
 * Sets a switch; null resets it to its default.
 *
 * @throws {PageError} for an unknown name or an invalid value.
 */
export function setPageSwitch(
  { setSwitches }: Pick<Sandbox, "setSwitches">,
  name: string,
  value: unknown,
): void {
  if (!Object.hasOwn(KINDS, name) || !KINDS[name as keyof SandboxSwitches]) {
    throw new PageError(404, "Unknown switch.");
  }
  try {
    setSwitches({ [name]: value ?? undefined });
  } catch (cause) {
    if (!(cause instanceof InvalidInputError)) throw cause;
    throw new PageError(422, `\`${name}\` must be ${cause.expected}.`, { cause });
  }
}
