import { parseArgs } from "node:util";
import { GenerateError } from "./generate-error.js";

/** The options of the command line. */
export interface Options {
  mode: "write" | "check" | "watch" | "help";
  /** The `https:` URL or file to copy into spec/ first. */
  from?: string;
  /** The file to compare with instead of the last commit. */
  base?: string;
  /** Whether to print the outcome as one JSON document. */
  json: boolean;
  /** Whether a breaking change exits with code 3. */
  failOnBreaking: boolean;
}

export const HELP = `Usage: npm run generate [-- [options]]

Generates the files in generated/ from the vendor's pages in spec/ and prints what changed in the
API since the last commit.

  --from SOURCE       first fetch an https: URL, or copy a file, into spec/
  --base FILE         compare with this page or OpenAPI document instead of the last commit
  --check             write nothing; list the files that are out of date and exit with 1
  --fail-on-breaking  exit with 3 if a change breaks programs that use the client
  --json              print the outcome as one JSON document
  --watch             run again after every save in spec/, until interrupted
  --help              show this text

Exit codes: 0 success, 1 an error or a file that is out of date, 3 a breaking change with
--fail-on-breaking.
`;

const FLAG = { type: "boolean", default: false } as const;
const TEXT = { type: "string" } as const;
const OPTIONS = {
  ...{ from: TEXT, base: TEXT, json: FLAG, "fail-on-breaking": FLAG },
  ...{ check: FLAG, watch: FLAG, help: FLAG },
} as const;

/** The pairs of options that cannot be combined. */
const EXCLUSIVE = [
  ["check", "watch"],
  ["check", "from"],
  ["watch", "from"],
  ["watch", "json"],
  ["watch", "fail-on-breaking"],
] as const;

/** Reads the arguments. Throws a `GenerateError` if one is unknown or two cannot be combined. */
export function readOptions(args: string[]): Options {
  const values = parse(args);
  const { from, base, json, "fail-on-breaking": failOnBreaking } = values;
  const [mode] = (["help", "check", "watch"] as const).filter((name) => values[name]);
  const pair = EXCLUSIVE.find((names) => names.every((name) => Boolean(values[name])));
  if (pair && mode !== "help") {
    throw new GenerateError(`--${pair[0]} and --${pair[1]} cannot be combined: give one of them.`);
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
    throw new GenerateError(`${reason}; run with --help to list the options.`, { cause: error });
  }
}
