import type { SyncPlan } from "../../sync/index.js";
import { placeOf } from "./config-error.js";
import type { Config, SecretReference } from "./parse-config.js";

/** A secret that `apply` needs to apply a plan. */
export interface Need {
  /** The URL of the entry. */
  readonly webhook_url: string;
  /** The environment variable or the file that must hold it; null if its name may be a secret. */
  readonly env: string | null;
  readonly file: string | null;
  /** The place of the reference in the file, such as `linq-webhooks.json:7:30`. */
  readonly place: string;
}

/** Finds the secrets that a plan of the file writes. It reads none of them. */
export function findNeeds(
  { subscriptions, source, locate }: Config,
  { steps }: Pick<SyncPlan, "steps">,
): Need[] {
  return subscriptions.flatMap(({ webhook_url, secret }, index) => {
    // The steps of the entries come first, in their order.
    const step = steps[index];
    const isWritten = (step?.action === "create" || step?.action === "update") && step.writesSecret;
    if (!secret || !isWritten) return [];
    const kind = secret.env === undefined ? "file" : "env";
    const { offset } = locate(["subscriptions", index, "secret", kind]);
    return [{ webhook_url, ...nameSafely(secret), place: placeOf(source, offset) }];
  });
}

/** Lists the needs of a plan, such as `the environment variable HOOK_SECRET`; undefined for none. */
export function describeNeeds(needs: readonly Need[]): string | undefined {
  const words = needs.map(({ env, file, place }) => {
    if (env !== null) return `the environment variable ${env}`;
    return file === null ? `the secret that ${place} names` : `the file ${file}`;
  });
  const [last, ...others] = [...new Set(words)].reverse();
  return others.length === 0 ? last : `${others.reverse().join(", ")} and ${last ?? ""}`;
}

/** The usual form of names of environment variables. */
const VARIABLE = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/;

/** A part of a name that looks like a key: long, and made of letters and digits. */
const LONG_PART = /[A-Za-z\d]{16}/;
const LETTER = /[A-Za-z]/;
const DIGIT = /\d/;

/** Shows only what looks like a name, because a user may have written the secret in its place. */
function nameSafely({ env, file }: SecretReference): Pick<Need, "env" | "file"> {
  const isShown = (name: string, look: RegExp): boolean =>
    look.test(name) && !(LONG_PART.test(name) && LETTER.test(name) && DIGIT.test(name));
  return {
    env: env !== undefined && isShown(env, VARIABLE) ? env : null,
    file: file !== undefined && isShown(file, /[./\\]/) ? file : null,
  };
}
