import { styleText } from "node:util";
import type { Io, Output } from "../io.js";

/** The meaning of a text, which decides its colour. */
export type Mark = "title" | "good" | "bad" | "careful" | "faint";

/** Colours a text, or returns it unchanged if colours are off. */
export type Style = (mark: Mark, text: string) => string;

const FORMATS = {
  title: "bold",
  good: "green",
  bad: "red",
  careful: "yellow",
  faint: "dim",
} as const satisfies Record<Mark, string>;

/**
 * Creates the style of an output. Colours are on for terminals that support them, unless `NO_COLOR` is
 * set. `FORCE_COLOR` overrides both, also for pipes; `0` and `false` turn colours off.
 */
export function createStyle({ isTTY }: Output, env: Io["env"], isPlain = false): Style {
  if (isPlain || !isColoured(isTTY, env)) return (_mark, text) => text;
  // `isColoured` has decided, so `styleText` must not check the stream of the process.
  return (mark, text) => styleText(FORMATS[mark], text, { validateStream: false });
}

function isColoured(isTTY: boolean | undefined, env: Io["env"]): boolean {
  const forced = env["FORCE_COLOR"];
  if (forced) return forced !== "0" && forced !== "false";
  return isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb";
}
