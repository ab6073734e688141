import { expect, it } from "vitest";
import { CommandError } from "../../../src/cli/command-error.js";
import { Interrupted } from "../../../src/cli/interrupted.js";
import { describeError } from "../../../src/cli/output/describe-error.js";
import {
  InvalidInputError,
  LinqTimeoutError,
  SecretLostError,
  SubscriptionNotFoundError,
} from "../../../src/errors/index.js";

const KNOWN: readonly (readonly [error: Error, code: string, message: string])[] = [
  [new CommandError("usage", "do this"), "usage", "do this"],
  [new CommandError("config", "one\ntwo\u001b[2J"), "config", "one\ntwo\\u001b[2J"],
  [new Interrupted("SIGTERM"), "interrupted", "interrupted by SIGTERM"],
  [new InvalidInputError("webhook_url", "a URL"), "invalid_input", "--url must be a URL"],
  [new InvalidInputError("events[2]", "known"), "invalid_input", "--event must be known"],
  [
    new InvalidInputError("secret", "given, since it has one"),
    "invalid_input",
    "the secret must be given (--secret-env or --secret-file), since it has one",
  ],
  [
    new SubscriptionNotFoundError(7),
    "not_found",
    "there is no webhook subscription 7 that this token can see; `linq-webhooks list` shows which exist",
  ],
  [
    new LinqTimeoutError("total", 5, { attempts: [] }),
    "timeout",
    "the call did not finish within 5 ms, including retries and waits; try again",
  ],
  [
    new SecretLostError(7),
    "secret_lost",
    "webhook subscription 7 had a secret before this update and has none now; set it again with `linq-webhooks update 7 --secret-env NAME`",
  ],
];

it.each(KNOWN)("describes %s in the terms of the command line", (error, code, message) => {
  expect(describeError(error)).toEqual({ code, message });
});

it.each([[new RangeError("private")], ["private"], [undefined], [{ message: "private" }]])(
  "shows nothing of an unexpected error: %s",
  (error) => {
    const { code, message } = describeError(error);
    expect(code).toBe("unexpected");
    expect(message).toContain("--debug");
    expect(message).not.toContain("private");
  },
);
