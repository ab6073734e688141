import { isLinqError } from "../../errors/index.js";
import { CommandError } from "../command-error.js";
import { findCause } from "../doctor/explain-api-error.js";
import type { Api } from "../input/find-api.js";
import { Interrupted } from "../interrupted.js";
import { printable } from "./printable.js";

/** An error as a code for programs, and a message for people with one line per problem. */
export interface ErrorDescription {
  readonly code: string;
  readonly message: string;
}

/** @param api - the server of the command, if the message may name the most likely cause. */
export function describeError(error: unknown, api?: Api): ErrorDescription {
  if (error instanceof Interrupted) return { code: "interrupted", message: error.message };
  if (error instanceof CommandError) {
    // A file can have several problems, one per line.
    const lines = error.message.split("\n").map(printable);
    return { code: error.code, message: lines.join("\n") };
  }
  if (isLinqError(error)) {
    const cause = api && findCause(error, api);
    // Replaces the general advice of the message with the specific cause.
    const said = cause === undefined ? error.message : error.message.replace(IN_GENERAL, "");
    const advice = cause === undefined ? "" : `; ${cause}`;
    return { code: error.code, message: printable(inCommandWords(said) + advice) };
  }
  const name = error instanceof Error ? error.name : typeof error;
  // The message of an unknown error may contain a secret.
  return {
    code: "unexpected",
    message: `unexpected error (${printable(name)}); run the command again with --debug, and report the output`,
  };
}

/** The general advice of errors that do not know their cause. */
const IN_GENERAL =
  /; check the network and `baseUrl`| \((?:check the token|the path is wrong: check `baseUrl`)\)$/;

/** The library's names, and their counterparts on the command line. */
const WORDS: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/ or raise `(timeout|totalTimeout)`/g, ""],
  [/`list\(\)`/g, "`linq-webhooks list`"],
  [/`(ensure|update|delete)`/g, "`linq-webhooks $1`"],
  [/`secret` must be given/g, "the secret must be given (--secret-env or --secret-file)"],
  [/`delete\((\d+)\)`/g, "`linq-webhooks delete $1`"],
  [/`rotateSecret`/g, "--rotate-secret"],
  [/`update\((\d+), \{ secret \}\)`/g, "`linq-webhooks update $1 --secret-env NAME`"],
  [/`baseUrl`/g, "LINQ_BASE_URL"],
  [/`allowInsecureHttp` is set/g, "LINQ_ALLOW_INSECURE_HTTP is 1"],
  [/, or raise `maxAnswerBytes`/g, ""],
  [/`allowDuplicate`/g, "--allow-duplicate"],
  [/`webhook_url`/g, "--url"],
  [/`events(\[\d+\])?`/g, "--event"],
  [/(a known event name; did you mean "[^"]+"\?)/g, "$1 (--allow-unknown-events lets it through)"],
  [/`id`/g, "<id>"],
  [/`(token|secret)`/g, "the $1"],
  [/, or a function that returns one/g, ""],
];

function inCommandWords(message: string): string {
  return WORDS.reduce((text, [pattern, words]) => text.replace(pattern, words), message);
}
