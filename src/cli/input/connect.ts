import type { EventName, LinqClient } from "../../index.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import { printAttempt } from "../output/print-attempt.js";
import { hideInErrors } from "./hide-in-errors.js";
import { readTimeout } from "./read-timeout.js";
import { readVariable } from "./read-variable.js";

/** What every command takes that talks to the API. */
export const API_OPTIONS = {
  "token-stdin": {
    type: "boolean",
    summary: "read the token from the first line of standard input",
  },
  timeout: {
    type: "string",
    value: "<seconds>",
    summary: "how long to wait for one answer, 30 unless given",
  },
  verbose: { type: "boolean", summary: "print each request on standard error" },
} as const satisfies OptionSpecs;

/** Lets the names of events through that this version does not know. */
export const EVENTS_OPTION = {
  "allow-unknown-events": {
    type: "boolean",
    summary: "accept events that this version does not know",
  },
} as const satisfies OptionSpecs;

/** A client that takes any event; with `allowUnknownEvents` off it refuses unknown ones itself. */
export type CommandClient = LinqClient<EventName | (string & {})>;

/**
 * How long after a creation to look once more, in ms: a list may lag, and then only a later look shows
 * what somebody else has created at the same moment. A person can wait so long.
 */
export const RECHECK_AFTER = 1_500;

/** The server, and what it asks for. */
export interface Access {
  readonly token: string | undefined;
  readonly baseUrl: string | undefined;
}

/** How the client of a command is. */
export interface ConnectOptions {
  readonly allowUnknownEvents?: boolean;
  /** Whether `--timeout` is for the API; in some commands it is for a receiver. */
  readonly waitsAsGiven?: boolean;
  /** Where it has been read already. */
  readonly access?: Access;
}

/**
 * Makes a client of the server at `LINQ_BASE_URL`, else of the real API, with the token of
 * `LINQ_INTEGRATION_TOKEN` or standard input.
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
      "there is no token: set LINQ_INTEGRATION_TOKEN, or pipe one in and add --token-stdin",
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
  // The client checks names itself, which is where people mistype them.
  return client as CommandClient;
}

/** All retries together may take at least as long as one answer. */
const TOTAL_TIMEOUT = 120_000;

function readTimeouts(given: string | undefined): { timeout?: number; totalTimeout?: number } {
  if (given === undefined) return {};
  const timeout = readTimeout(given);
  return { timeout, totalTimeout: Math.max(timeout, TOTAL_TIMEOUT) };
}

/** Reads what {@link connect} would; for a command that also asks the API past the client. */
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
    throw new CommandError("no_token", "--token-stdin found no token in the first line of input");
  }
  hide(token);
  return token;
}
