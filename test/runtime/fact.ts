import type { Entries } from "./entries.js";
import type { OpenWorld } from "./world.js";

/** Something that holds in every runtime; `show` throws where it does not. */
export interface Fact {
  readonly name: string;
  readonly show: (entries: Entries) => void | Promise<void>;
}

/** Something that holds for every API, in memory or over the network. */
export interface ApiFact {
  readonly name: string;
  readonly show: (open: OpenWorld, entries: Entries) => Promise<void>;
}

export function fact(name: string, show: Fact["show"]): Fact {
  return { name, show };
}

export function apiFact(name: string, show: ApiFact["show"]): ApiFact {
  return { name, show };
}
