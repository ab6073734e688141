import type { SandboxSwitches } from "../switches.js";

/** Writes JSON as the standard encoder of a language or framework does. */
export function spellJson(value: unknown, spelling: SandboxSwitches["bodySpelling"]): string {
  return SPELLINGS[spelling](JSON.stringify(value));
}

const SPELLINGS: Record<SandboxSwitches["bodySpelling"], (json: string) => string> = {
  javascript: (json) => json,
  // ActiveSupport escapes what could end a script in HTML.
  rails: (json) => json.replace(/[<>&\u2028\u2029]/g, escape),
  // json_encode without flags.
  php: (json) => json.replaceAll("/", "\\/").replace(/[\u0080-\uffff]/g, escape),
  // json.dumps with its defaults.
  python: (json) => json.replace(STRING_OR_SEPARATOR, addSpace).replace(/[\u007f-\uffff]/g, escape),
};

/** A string whole, so that what looks like a separator in it is none. */
const STRING_OR_SEPARATOR = /"(?:[^"\\]|\\.)*"|[,:]/g;

function addSpace(part: string): string {
  return part === "," || part === ":" ? `${part} ` : part;
}

function escape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
