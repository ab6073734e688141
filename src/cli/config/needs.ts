import type { SyncPlan } from "../../sync/index.js";
import { placeOf } from "./config-error.js";
import type { Config, SecretReference } from "./parse-config.js";

/** A secret that applying a plan takes. */
export interface Need {
  /** The URL of the entry. */
  readonly webhook_url: string;
  /** The environment variable or the file in which it must be; null where its name may be a secret. */
  readonly env: string | null;
  readonly file: string | null;
  /** Where the file says so, such as `linq-webhooks.json:7:30`. */
  readonly place: string;
}

/** Finds the secrets that a plan of the file writes. None of them is read. */
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

/** What a plan needs, in words, such as `the environment variable HOOK_SECRET`; undefined for nothing. */
export function describeNeeds(needs: readonly Need[]): string | undefined {
  const words = needs.map(({ env, file, place }) => {
    if (env !== null) return `the environment variable ${env}`;
    return file === null ? `what ${place} names` : `the file ${file}`;
  });
  const [last, ...others] = [...new Set(words)].reverse();
  return others.length === 0 ? last : `${others.reverse().join(", ")} and ${last ?? ""}`;
}

/** As variables for secrets are called. */
const VARIABLE = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/;

/** A part of a name that may be a key by its looks: long, and of letters and digits. */
const LONG_PART = /[A-Za-z\d]{16}/;
const LETTER = /[A-Za-z]/;
const DIGIT = /\d/;

/** Somebody may have put the secret itself where its name belongs, so only what looks like a name is shown. */
function nameSafely({ env, file }: SecretReference): Pick<Need, "env" | "file"> {
  const isShown = (name: string, look: RegExp): boolean =>
    look.test(name) && !(LONG_PART.test(name) && LETTER.test(name) && DIGIT.test(name));
  return {
    env: env !== undefined && isShown(env, VARIABLE) ? env : null,
    file: file !== undefined && isShown(file, /[./\\]/) ? file : null,
  };
}
