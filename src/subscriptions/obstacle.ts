import { DuplicateSubscriptionError } from "../errors/duplicate-subscription-error.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { LinqError } from "../errors/linq-error.js";
import type { Redact } from "../checks/redact.js";
import type { Obstacle, Step } from "./decide.js";
import { toShow, versionOf } from "./subscription.js";

/** Explains in one sentence why a subscription stays although another one delivers its events. */
export function describeObstacle({ reason, target, keeper }: Obstacle): string {
  const [id, other] = [`webhook subscription ${target.id}`, keeper ? ` ${keeper.id}` : ""];
  switch (reason) {
    case "secret":
      return `${id} may have a secret, which an update without it might clear`;
    case "foreign":
      return `${id} also delivers events outside this call, so it may belong to somebody else and was not changed`;
    case "unsigned":
      return `${id} has a secret and webhook subscription${other} has none, so a receiver that checks signatures may need ${target.id}`;
    case "version":
      return `${id} has version ${versionOf(target)} and webhook subscription${other} version ${keeper ? versionOf(keeper) : ""}`;
  }
}

/** The advice for each reason. */
const ADVICE: Readonly<Record<Obstacle["reason"], string>> = {
  secret: "pass `secret`, or remove the events from it with `update`, or `delete` it",
  foreign: "remove the events from it with `update` and its own secret, or leave them out here",
  unsigned: "give the other one the secret with `update`, or `delete` one of them",
  version: "give both the same version with `update`, or `delete` one of them",
};

/** The error of a call that cannot reach its goal. */
export function obstacleError(obstacle: Obstacle, redact: Redact): LinqError {
  const { reason, target, events, keeper } = obstacle;
  if (reason === "secret" && !keeper) {
    return new InvalidInputError(
      "secret",
      `given, because webhook subscription ${target.id} may have one and cannot be changed without it`,
    );
  }
  return new DuplicateSubscriptionError({
    existing: toShow(keeper ? [keeper, target] : [target], redact),
    sharedEvents: events.map(redact),
    advice: `${describeObstacle(obstacle)}; ${ADVICE[reason]}`,
  });
}

/** The error for steps that another writer has undone in every round. */
export function unsettledError(
  steps: readonly Step[],
  rounds: number,
  redact: Redact,
): DuplicateSubscriptionError {
  const writes = steps.filter((step) => step.action !== "create");
  const shared = new Set(writes.flatMap(({ givenUp }) => [...givenUp.keys()]));
  return new DuplicateSubscriptionError({
    existing: toShow(
      writes.map(({ target }) => target),
      redact,
    ),
    sharedEvents: [...shared].map(redact),
    advice: `something else has undone every change for ${rounds} rounds; find out what else writes to this URL`,
  });
}
