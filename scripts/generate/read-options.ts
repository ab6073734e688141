import { parseArgs } from "node:util";
import { GenerateError } from "./generate-error.js";

/** What the command line asks for. */
export interface Options {
  mode: "write" | "check" | "watch" | "help";
  /** The address or file that goes into spec/ first. */
  from?: string;
  /** The file that takes the place of the last commit. */
  base?: string;
  /** Whether the outcome is one JSON document. */
  json: boolean;
  /** Whether a change that breaks users ends in exit code 3. */
  failOnBreaking: boolean;
}

export const HELP = `Usage: npm run generate [-- [options]]

Makes generated/ from the vendor's pages in spec/ and says what changed in the API since the last
commit.

  --from SOURCE       first fetch an https: address, or copy a file, into spec/
  --base FILE         compare with this page or OpenAPI document instead of the last commit
  --check             write nothing; exit with 1 and name each file that is stale
  --fail-on-breaking  exit with 3 if a change breaks programs that use the client
  --json              print the outcome as one JSON document
  --watch             run again after every save in spec/, until interrupted
  --help              show this text

Exit codes: 0 done, 1 a problem or a stale file, 3 a breaking change with --fail-on-breaking.
`;

const FLAG = { type: "boolean", default: false } as const;
const TEXT = { type: "string" } as const;
const OPTIONS = {
  ...{ from: TEXT, base: TEXT, json: FLAG, "fail-on-breaking": FLAG },
  ...{ check: FLAG, watch: FLAG, help: FLAG },
} as const;

/** Which of them cannot be given together, and why. */
const EXCLUSIVE = [
  ["check", "watch"],
  ["check", "from"],
  ["watch", "from"],
  ["watch", "json"],
  ["watch", "fail-on-breaking"],
] as const;

/** Reads the arguments. Throws where one is unknown or two contradict each other. */
export function readOptions(args: string[]): Options {
  const values = parse(args);
  const { from, base, json, "fail-on-breaking": failOnBreaking } = values;
  const [mode] = (["help", "check", "watch"] as const).filter((name) => values[name]);
  const pair = EXCLUSIVE.find((names) => names.every((name) => Boolean(values[name])));
  if (pair && mode !== "help") {
    throw new GenerateError(`--${pair[0]} and --${pair[1]} exclude each other: give one of them.`);
  }
  return {
    mode: mode ?? "write",
    ...(from === undefined ? {} : { from }),
    ...(base === undefined ? {} : { base }),
    ...{ json, failOnBreaking },
  };
}

function parse(
  args: string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"] {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GenerateError(`${reason}; --help shows the options there are.`, { cause: error });
  }
}
