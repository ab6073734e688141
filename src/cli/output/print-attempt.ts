import type { LinqClientOptions } from "../../index.js";
import type { CommandContext, COMMON_OPTIONS } from "../command.js";
import { printable, toPrintableJson } from "./printable.js";

/** One attempt at a request, as the client reports it. */
type Attempt = Parameters<NonNullable<LinqClientOptions["onAttempt"]>>[0];

/** Prints an attempt at a request on standard error, because standard output is for the result. */
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
