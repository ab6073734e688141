import type { LinqClientOptions } from "../../index.js";
import type { CommandContext, COMMON_OPTIONS } from "../command.js";
import { printable, toPrintableJson } from "./printable.js";

/** What the client tells of an attempt at a request. */
type Attempt = Parameters<NonNullable<LinqClientOptions["onAttempt"]>>[0];

/** Prints an attempt at a request on standard error, so that standard output stays the result. */
export function printAttempt(
  { io, options, style }: Pick<CommandContext<typeof COMMON_OPTIONS>, "io" | "options" | "style">,
  attempt: Attempt,
): void {
  const { method, path, status, error, systemCode, duration, retryDelay } = attempt;
  if (options.json) {
    io.stderr.write(`${toPrintableJson({ version: 1, type: "attempt", ...attempt })}\n`);
    return;
  }
  const cause = systemCode === undefined ? "" : ` (${systemCode})`;
  const ending = status ?? `${error ?? "no answer"}${cause}`;
  const again = retryDelay === undefined ? "" : `, again in ${Math.round(retryDelay)} ms`;
  const line = `${method} ${path} -> ${ending} in ${Math.round(duration)} ms${again}`;
  io.stderr.write(`${style("faint", printable(line))}\n`);
}
