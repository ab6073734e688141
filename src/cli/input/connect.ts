import type { EventName, LinqClient } from "../../index.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import { printAttempt } from "../output/print-attempt.js";
import { hideInErrors } from "./hide-in-errors.js";
import { readTimeout } from "./read-timeout.js";
import { readVariable } from "./read-variable.js";

/** The options of every command that calls the API. */
export const API_OPTIONS = {
  "token-stdin": {
    type: "boolean",
    summary: "read the token from the first line of standard input",
  },
  timeout: {
    type: "string",
    value: "<seconds>",
    summary: "how long to wait for one answer (default: 30)",
  },
  verbose: { type: "boolean", summary: "print each request on standard error" },
} as const satisfies OptionSpecs;

/** The option that allows events that this version does not know. */
export const EVENTS_OPTION = {
  "allow-unknown-events": {
    type: "boolean",
    summary: "accept events that this version does not know",
  },
} as const satisfies OptionSpecs;

/** A client whose types accept any event; without `allowUnknownEvents` it rejects unknown ones. */
export type CommandClient = LinqClient<EventName | (string & {})>;

/**
 * How long after a creation to list again, in ms. A list may lag, and then only a later list shows a
 * subscription that somebody else created at the same moment. A person can wait this long.
 */
export const RECHECK_AFTER = 1_500;

/** The server and its token. */
export interface Access {
  readonly token: string | undefined;
  readonly baseUrl: string | undefined;
}

/** Options of the client of a command. */
export interface ConnectOptions {
  readonly allowUnknownEvents?: boolean;
  /** Whether `--timeout` is for the API; in some commands it is for a receiver. */
  readonly waitsAsGiven?: boolean;
  /** The access, if it has been read already. */
  readonly access?: Access;
}

/**
 * Creates a client for the server at `LINQ_BASE_URL`, or for the real API by default, with the token
 * from `LINQ_INTEGRATION_TOKEN` or standard input.
 *
 * @throws {CommandError} when there is neither a token nor a `LINQ_BASE_URL`.
 */
export async function connect(
  context: CommandContext<typeof API_OPTIONS>,
  { allowUnknownEvents = false, waitsAsGiven = true, access }: ConnectOptions = {},
): Promise<CommandClient> {
  const { fetch, env } = context.io;
  const { token, baseUrl } = access ?? (await readAccess(context));
  if (token === undefined && baseUrl === undefined) {
    throw new CommandError(
      "no_token",
      "the token is missing: set LINQ_INTEGRATION_TOKEN, or pipe one in and add --token-stdin",
    );
  }
  const { createLinqClient } = await import("../../index.js");
  const client = createLinqClient({
    allowInsecureHttp: readVariable(env, "LINQ_ALLOW_INSECURE_HTTP") === "1",
    fetch: hideInErrors(fetch, context.redact),
    allowUnknownEvents,
    ...(waitsAsGiven && readTimeouts(context.options.timeout)),
    ...(context.options.verbose && {
      onAttempt: (attempt) => {
        printAttempt(context, attempt);
      },
    }),
    ...(token !== undefined && { token }),
    ...(baseUrl !== undefined && { baseUrl }),
  });
  // The client checks the names at run time, so the type may accept any.
  return client as CommandClient;
}

/** The limit for all retries together, in ms; never less than the limit for one answer. */
const TOTAL_TIMEOUT = 120_000;

function readTimeouts(given: string | undefined): { timeout?: number; totalTimeout?: number } {
  if (given === undefined) return {};
  const timeout = readTimeout(given);
  return { timeout, totalTimeout: Math.max(timeout, TOTAL_TIMEOUT) };
}

/** Reads the access like {@link connect}, for a command that also calls the API without the client. */
export async function readAccess(context: CommandContext<typeof API_OPTIONS>): Promise<Access> {
  const token = await readToken(context);
  return { token, baseUrl: readVariable(context.io.env, "LINQ_BASE_URL") };
}

async function readToken({
  io,
  lines,
  options,
  hide,
}: CommandContext<typeof API_OPTIONS>): Promise<string | undefined> {
  if (!options["token-stdin"]) return readVariable(io.env, "LINQ_INTEGRATION_TOKEN");
  const token = (await lines.next(io.signal))?.trim();
  if (token === undefined || token === "") {
    throw new CommandError(
      "no_token",
      "--token-stdin found no token on the first line of standard input; pipe one in",
    );
  }
  hide(token);
  return token;
}
