import { nearest } from "../checks/nearest.js";
import { type CommandContext, COMMON_OPTIONS } from "./command.js";
import { CommandError } from "./command-error.js";
import { COMMANDS } from "./commands.js";
import { COMPLETE } from "./completion/complete-word.js";
import { createLines } from "./input/lines.js";
import { parseArguments } from "./input/parse-arguments.js";
import { Interrupted } from "./interrupted.js";
import type { Io } from "./io.js";
import { printable, toPrintableJson } from "./output/printable.js";
import { createShield } from "./output/shield.js";
import { createStyle } from "./output/style.js";
import { readVersion } from "./version.js";

/**
 * Runs one command line. It never rejects.
 *
 * @param argv - the arguments after the name of the program.
 * @returns the exit code: 0 done, 1 error, 2 for a plan with changes, 130 or 143 interrupted.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const shield = createShield();
  shield.hide(io.env["LINQ_INTEGRATION_TOKEN"]?.trim());
  const { env, cwd, now, fetch, signal, outputClosed, pageFolder } = io;
  const covered: Io = {
    // A getter, because reading `process.stdin` opens it.
    get stdin() {
      return io.stdin;
    },
    stdout: shield.cover(io.stdout),
    stderr: shield.cover(io.stderr),
    ...{ env, cwd, now, fetch, signal, outputClosed, pageFolder },
  };
  try {
    return await dispatch(argv, {
      io: covered,
      lines: createLines(() => io.stdin),
      hide: shield.hide,
      redact: shield.redact,
      style: createStyle(io.stdout, env, isPlain(argv)),
      print: (line) => covered.stdout.write(`${line}\n`),
      printJson: (document) =>
        covered.stdout.write(`${toPrintableJson({ version: 1, ...document })}\n`),
    });
  } catch (error) {
    await report(signal.aborted ? signal.reason : error, argv, covered);
    return signal.reason instanceof Interrupted ? signal.reason.exitCode : 1;
  }
}

async function dispatch(
  argv: readonly string[],
  world: Omit<CommandContext, "options" | "positionals">,
): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined) {
    world.io.stderr.write(`${await help()}\n`);
    return 1;
  }
  if (first === "--version") {
    world.print(readVersion());
    return 0;
  }
  if (first === "--help" || first === "-h" || (first === "help" && rest.length === 0)) {
    world.print(await help());
    return 0;
  }
  if (first === "help") return dispatch([...rest.slice(0, 1), "--help"], world);
  if (first === COMPLETE) {
    const { answerCompletion } = await import("./completion/answer-completion.js");
    return answerCompletion(rest, world);
  }
  if (!Object.hasOwn(COMMANDS, first)) throw objectToCommand(first);

  const command = await COMMANDS[first]?.load();
  if (!command) throw objectToCommand(first);
  const parsed = parseArguments(rest, {
    name: `linq-webhooks ${first}`,
    options: { ...command.options, ...COMMON_OPTIONS },
    positionals: command.positionals,
    optionalPositionals: command.optionalPositionals,
  });
  if (parsed.options["help"] === true) {
    world.print(await help(first));
    return 0;
  }
  // `parseArguments` returns the options that the command declares.
  return command.run({ ...world, ...parsed } as unknown as CommandContext);
}

async function help(name?: string): Promise<string> {
  const { renderHelp } = await import("./output/render-help.js");
  return renderHelp(name);
}

/** The message does not repeat the argument, which may be a secret in the wrong place. */
function objectToCommand(given: string): Error {
  if (given.startsWith("-")) {
    // Throws the same message as a command does for an option in the wrong place.
    parseArguments([given], { name: "linq-webhooks", options: ROOT_OPTIONS, positionals: [] });
    return new CommandError("usage", "options follow a command (linq-webhooks --help)");
  }
  const hint = nearest(given, Object.keys(COMMANDS), 2);
  const advice = hint === undefined ? "" : `; did you mean \`${hint}\`?`;
  return new CommandError(
    "usage",
    `unknown command${advice} (linq-webhooks --help lists all commands)`,
  );
}

const ROOT_OPTIONS = { ...COMMON_OPTIONS, version: { type: "boolean", summary: "" } } as const;

/** Looks at the raw arguments, because errors in the arguments are printed as well. */
function isPlain(argv: readonly string[]): boolean {
  return argv.includes("--no-color");
}

async function report(error: unknown, argv: readonly string[], { stderr, env }: Io): Promise<void> {
  // Loaded here because most commands succeed.
  const { describeError } = await import("./output/describe-error.js");
  const { findApi } = await import("./input/find-api.js");
  const description = describeError(error, findApi(env));
  // Looks at the raw arguments, because the arguments may be the error.
  const stack = argv.includes("--debug") ? describeStack(error) : undefined;
  if (argv.includes("--json")) {
    stderr.write(`${toPrintableJson({ version: 1, error: { ...description, stack } })}\n`);
    return;
  }
  stderr.write(
    `${createStyle(stderr, env, isPlain(argv))("bad", "error:")} ${description.message}\n`,
  );
  if (stack !== undefined) stderr.write(`${stack}\n`);
}

/** Returns the stacks of an error and of its causes. */
function describeStack(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = (error.stack ?? String(error)).split("\n").map(printable).join("\n");
  return error.cause === undefined ? own : `${own}\ncaused by ${describeStack(error.cause)}`;
}
