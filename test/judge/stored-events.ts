import type { Knobs } from "./knobs.js";
import { type Random, shuffle } from "./random.js";

/** The events that a row gets when these were sent. */
export function storedEvents(
  sent: readonly string[],
  knob: Knobs["events"],
  random: Random,
): readonly string[] {
  if (knob === "asSent") return sent;
  if (knob === "shuffled") return shuffle(random, sent);
  if ("capped" in knob) return sent.slice(0, knob.capped);
  if ("dropped" in knob) return sent.filter((event) => event !== knob.dropped);
  return sent.includes(knob.added) ? sent : [...sent, knob.added];
}
