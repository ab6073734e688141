import type { LinqClientOptions } from "linq-webhooks";
import type { Entries } from "./entries.js";
import type { Fact } from "./fact.js";
import { GUARD_FACTS } from "./facts/guard-facts.js";
import { RECEIVER_FACTS } from "./facts/receiver-facts.js";
import { REQUEST_FACTS } from "./facts/request-facts.js";
import { openInMemory, openOverHttp, type OpenWorld } from "./world.js";

/** Where the suite runs. */
export interface SuiteOptions {
  /** The URL of a server of worlds, with which the facts of the API are also shown over HTTP. */
  readonly server: string;
  /** Further options of every client there. */
  readonly client?: LinqClientOptions;
}

/** A fact, with an error if it does not hold. */
export interface Result {
  readonly fact: string;
  readonly error?: string;
}

/** The names of all facts. */
export const FACT_NAMES: readonly string[] = listFacts(
  () => unopened,
  () => unopened,
).map(({ name }) => name);

/**
 * Shows that the package does what it promises in this runtime. It uses nothing but web APIs, so that
 * it runs wherever the package does.
 */
export async function runSuite(
  entries: Entries,
  { server, client = {} }: SuiteOptions,
): Promise<Result[]> {
  const results: Result[] = [];
  const facts = listFacts(
    (loaded) => openInMemory(loaded, client),
    (loaded) => openOverHttp(loaded, server, client),
  );
  for (const { name, show } of facts) {
    try {
      await show(entries);
      results.push({ fact: name });
    } catch (error) {
      const stack = error instanceof Error ? (error.stack ?? "").split("\n").slice(0, 6) : [];
      results.push({ fact: name, error: [String(error), ...stack].join("\n") });
    }
  }
  return results;
}

type Opener = (entries: Entries) => OpenWorld;

function listFacts(inMemory: Opener, overHttp: Opener): Fact[] {
  const apiFacts = [...GUARD_FACTS, ...REQUEST_FACTS];
  const of = (opener: Opener, where: string): Fact[] =>
    apiFacts.map(({ name, show }) => ({
      name: `${name} (${where})`,
      show: (entries) => show(opener(entries), entries),
    }));
  return [...of(inMemory, "in memory"), ...of(overHttp, "over HTTP"), ...RECEIVER_FACTS];
}

/** Names are read without a world. */
const unopened: OpenWorld = () => Promise.reject(new Error("there is no world here"));
