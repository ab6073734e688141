/** One difference between two versions of an API, as a user of this client feels it. */
export interface Change {
  /** A stable name of the kind of difference, such as `request-property-became-required`. */
  rule: string;
  level: Level;
  verb: "added" | "removed" | "changed";
  /** What it is about, such as `WebhookSubscription.id`. */
  subject: string;
  /** What is different about it; empty where the verb says it all. */
  detail: string;
  /** The operations, answers and deliveries that show it, in order; none where all do. */
  places: string[];
}

/**
 * `breaking`: programs may have to change. `compatible`: they need not. `note`: worth knowing, and
 * nothing works differently yet.
 */
export type Level = "breaking" | "compatible" | "note";

/** Who writes the value: the program that uses this client, or the server. */
export type Side = "request" | "response";

/** What a difference does to the set of allowed values, or what it does whoever writes them. */
export type Effect = "narrower" | "wider" | Level;

/** A caller may go on sending what was taken; a reader may go on expecting what came. */
export function levelOf(effect: Effect, side: Side): Level {
  if (effect === "narrower") return side === "request" ? "breaking" : "compatible";
  if (effect === "wider") return side === "request" ? "compatible" : "breaking";
  return effect;
}
