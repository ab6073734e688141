import { resolve } from "node:path";
import { INPUT_FIELDS } from "../../subscriptions/input-fields.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import { readText } from "./read-text.js";

/** Where subscriptions for a sandbox come from. */
export const SEED_OPTIONS = {
  seed: {
    type: "string",
    value: "<path>",
    summary: "begin with the subscriptions of a JSON file, as `list --json` prints them",
  },
} as const satisfies OptionSpecs;

/** Reads what a sandbox is to begin with, as bodies of the requests that create it. */
export async function readSeed({
  io,
  options,
  hide,
}: CommandContext<typeof SEED_OPTIONS>): Promise<object[]> {
  if (options.seed === undefined) return [];
  const { text, failure } = await readText(resolve(io.cwd, options.seed));
  if (failure !== undefined) {
    throw new CommandError("seed", `--seed must name a JSON file, but ${failure}`);
  }
  return findList(text).map((entry) => {
    // With null a list says that there is nothing.
    const fields = Object.entries(entry).filter(
      ([name, value]) => Object.hasOwn(INPUT_FIELDS, name) && value !== null,
    );
    const input = { version: 2, ...(Object.fromEntries(fields) as Record<string, unknown>) };
    if ("secret" in input && typeof input.secret === "string") hide(input.secret);
    return { webhook_subscription: input };
  });
}

/** Finds the list in a document: on its own, or under the name that this program or the API gives it. */
function findList(text: string): object[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // The parser's own words would quote the file.
    throw new CommandError("seed", "the file that --seed names is not JSON");
  }
  const { subscriptions, webhook_subscriptions } = Object(document) as Record<string, unknown>;
  const list = [document, subscriptions, webhook_subscriptions].find((each) => Array.isArray(each));
  if (Array.isArray(list) && list.every(isObject)) return list;
  throw new CommandError(
    "seed",
    "the file that --seed names must hold an array of subscriptions, or an object with one as `subscriptions`",
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
