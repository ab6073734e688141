import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CommandError } from "../../../src/cli/command-error.js";
import { type ArgumentSpecs, parseArguments } from "../../../src/cli/input/parse-arguments.js";
import { thrownBy } from "../../support/rejection.js";

const SPECS: ArgumentSpecs = {
  name: "linq-webhooks paint",
  positionals: ["wall"],
  options: {
    colour: { type: "string", value: "<name>", summary: "" },
    tool: { type: "string", multiple: true, value: "<name>", summary: "" },
    twice: { type: "boolean", summary: "" },
    help: { type: "boolean", short: "h", summary: "" },
  },
};

function parse(...args: string[]): ReturnType<typeof parseArguments> {
  return parseArguments(args, SPECS);
}

function messageFor(...args: string[]): string {
  const error = thrownBy(() => parse(...args));
  expect(error).toBeInstanceOf(CommandError);
  expect(error).toMatchObject({ code: "usage" });
  return String(error).replace("CommandError: ", "");
}

describe("parseArguments", () => {
  it("returns the given values, false for missing flags, and [] for missing lists", () => {
    expect(parse("north")).toEqual({
      positionals: ["north"],
      options: { colour: undefined, tool: [], twice: false, help: false },
    });
    expect(parse("--colour=red", "--tool", "brush", "north", "--tool=roller", "--twice")).toEqual({
      positionals: ["north"],
      options: { colour: "red", tool: ["brush", "roller"], twice: true, help: false },
    });
  });

  it("accepts a leading dash in a value after =, and in an argument after --", () => {
    expect(parse("--colour=-red", "--", "--north")).toMatchObject({
      positionals: ["--north"],
      options: { colour: "-red" },
    });
  });

  it("accepts --help and -h whatever the other arguments are", () => {
    expect(parse("--help").options).toMatchObject({ help: true });
    expect(parse("-h", "a", "b", "c").options).toMatchObject({ help: true });
  });

  it.each([
    [
      ["--color=x", "north"],
      "unknown option; did you mean --colour? (linq-webhooks paint --help lists all options)",
    ],
    [["--x", "north"], "unknown option (linq-webhooks paint --help lists all options)"],
    [["--no-twice", "north"], "unknown option (linq-webhooks paint --help lists all options)"],
    [["--constructor", "north"], "unknown option (linq-webhooks paint --help lists all options)"],
    [["--__proto__=x", "north"], "unknown option (linq-webhooks paint --help lists all options)"],
    [["-x", "north"], "unknown option (linq-webhooks paint --help lists all options)"],
    [["--colour"], "--colour needs a value: --colour=<name>"],
    [["--colour="], "--colour needs a value: --colour=<name>"],
    [["--colour", "--twice", "north"], "--colour needs a value: --colour=<name>"],
    [
      ["--colour=a", "--colour=b", "north"],
      "--colour is given more than once, and linq-webhooks paint takes one: leave the others out",
    ],
    [["--twice=yes", "north"], "--twice takes no value: give --twice alone"],
    [[], "linq-webhooks paint needs <wall> (linq-webhooks paint --help)"],
    [
      ["north", "south"],
      "too many arguments: linq-webhooks paint takes only <wall> (linq-webhooks paint --help)",
    ],
  ] as const)("refuses %j", (args, expected) => {
    expect(messageFor(...args)).toBe(expected);
  });

  it.each([
    ["--token=x"],
    ["--token", "x"],
    ["-t", "x"],
    ["-tx"],
    ["--secret=x"],
    ["--webhook-secret", "x"],
    ["--password=x"],
    ["--api-key=x"],
    ["--apikey=x"],
    ["--bearer=x"],
    ["--TOKEN=x"],
  ])("refuses a secret as an argument, and says where it belongs: %s %s", (...args) => {
    expect(messageFor("north", ...args)).toMatch(
      /^tokens and secrets cannot be .* LINQ_INTEGRATION_TOKEN or use --token-stdin, and --secret-env or --secret-file/,
    );
  });

  it("never repeats a refused argument, wherever a secret is", () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9_+/=.-]{8,40}$/).map((text) => `S3CR3T${text}`);
    const argument = fc.oneof(
      fc.constantFrom("--colour", "--tool", "--twice", "--", "north", "-t", "--token"),
      secret,
      secret.map((text) => `--${text}`),
      secret.map((text) => `-${text}`),
      fc
        .tuple(fc.constantFrom("colour", "twice", "token", "secret", "x", "tool"), secret)
        .map(([name, text]) => `--${name}=${text}`),
    );
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 6 }), (args) => {
        try {
          parse(...args);
        } catch (error) {
          expect(error).toBeInstanceOf(CommandError);
          expect(String(error)).not.toMatch(/S3CR3T/i);
        }
      }),
    );
  });
});
