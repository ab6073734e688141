/** One difference between two versions of an API, from the point of view of a user of this client. */
export interface Change {
  /** A stable name for the kind of difference, such as `request-property-became-required`. */
  rule: string;
  level: Level;
  verb: "added" | "removed" | "changed";
  /** The part of the API that changed, such as `WebhookSubscription.id`. */
  subject: string;
  /** The difference; empty if the verb is enough. */
  detail: string;
  /** The operations, responses and deliveries that it affects, sorted; empty if it affects all. */
  places: string[];
}

/**
 * `breaking`: programs may have to change. `compatible`: they need not. `note`: worth knowing, but
 * nothing works differently yet.
 */
export type Level = "breaking" | "compatible" | "note";

/** The writer of the value: the program that uses this client, or the server. */
export type Side = "request" | "response";

/** The effect on the set of allowed values, or a level that does not depend on the writer. */
export type Effect = "narrower" | "wider" | Level;

/** Narrowing breaks programs that send the value; widening breaks programs that read it. */
export function levelOf(effect: Effect, side: Side): Level {
  if (effect === "narrower") return side === "request" ? "breaking" : "compatible";
  if (effect === "wider") return side === "request" ? "compatible" : "breaking";
  return effect;
}
