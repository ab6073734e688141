import { styleText } from "node:util";
import type { Io, Output } from "../io.js";

/** What a text is, rather than how it looks. */
export type Mark = "title" | "good" | "bad" | "careful" | "faint";

/** Colours a text where colours can be seen; elsewhere it gives the text back. */
export type Style = (mark: Mark, text: string) => string;

const FORMATS = {
  title: "bold",
  good: "green",
  bad: "red",
  careful: "yellow",
  faint: "dim",
} as const satisfies Record<Mark, string>;

/**
 * Colours are for terminals that show them, and for people who have not set `NO_COLOR`. `FORCE_COLOR`
 * decides it for pipes, too; `0` and `false` stand for none.
 */
export function createStyle({ isTTY }: Output, env: Io["env"], isPlain = false): Style {
  if (isPlain || !isColoured(isTTY, env)) return (_mark, text) => text;
  // What to colour has been decided here, whatever standard output of the process is.
  return (mark, text) => styleText(FORMATS[mark], text, { validateStream: false });
}

function isColoured(isTTY: boolean | undefined, env: Io["env"]): boolean {
  const forced = env["FORCE_COLOR"];
  if (forced) return forced !== "0" && forced !== "false";
  return isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb";
}
