import { parseArgs } from "node:util";
import { GenerateError } from "./generate-error.js";

/** What the command line asks for. */
export type Mode = "write" | "check" | "watch" | "help";

export const HELP = `Usage: npm run generate [-- --check | --watch | --help]

Makes generated/ from the vendor's pages in spec/ and says what changed in the API.

  --check  write nothing; exit with 1 and name each file that is stale, missing or left over
  --watch  run again after every save in spec/, until interrupted
  --help   show this text
`;

/** Reads the flags. Throws where one is unknown or two contradict each other. */
export function readMode(args: string[]): Mode {
  const flags = parseFlags(args);
  const [mode, second] = (["help", "check", "watch"] as const).filter((name) => flags[name]);
  if (mode && second && mode !== "help") {
    throw new GenerateError(`--${mode} and --${second} exclude each other: give one of them.`);
  }
  return mode ?? "write";
}

function parseFlags(args: string[]): Partial<Record<Mode, boolean>> {
  const flag = { type: "boolean" } as const;
  try {
    return parseArgs({ args, options: { check: flag, watch: flag, help: flag } }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GenerateError(`${reason}; --help shows the flags there are.`, { cause: error });
  }
}
