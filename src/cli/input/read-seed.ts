import { resolve } from "node:path";
import { INPUT_FIELDS } from "../../subscriptions/input-fields.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import { readText } from "./read-text.js";

/** The option that names the initial subscriptions of a sandbox. */
export const SEED_OPTIONS = {
  seed: {
    type: "string",
    value: "<path>",
    summary: "start with the subscriptions of a JSON file, as `list --json` prints them",
  },
} as const satisfies OptionSpecs;

/** Reads the initial subscriptions of a sandbox, as bodies of the requests that create them. */
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
    // In a list, null means that the field has no value.
    const fields = Object.entries(entry).filter(
      ([name, value]) => Object.hasOwn(INPUT_FIELDS, name) && value !== null,
    );
    const input = { version: 2, ...(Object.fromEntries(fields) as Record<string, unknown>) };
    if ("secret" in input && typeof input.secret === "string") hide(input.secret);
    return { webhook_subscription: input };
  });
}

/** Finds the list in a document: the document itself, or the field that this program or the API uses. */
function findList(text: string): object[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // The parser's own error would quote the file.
    throw new CommandError("seed", "--seed must name a JSON file, but the file is not valid JSON");
  }
  const { subscriptions, webhook_subscriptions } = Object(document) as Record<string, unknown>;
  const list = [document, subscriptions, webhook_subscriptions].find((each) => Array.isArray(each));
  if (Array.isArray(list) && list.every(isObject)) return list;
  throw new CommandError(
    "seed",
    "the file of --seed must contain an array of subscriptions, or an object with such an array in `subscriptions`",
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
