import { isLinqError } from "../../src/index.js";
import type { JudgeOptions } from "../judge/judge.js";
import { createRandom, randomBelow } from "../judge/random.js";
import type { Verdict } from "../judge/recorder.js";
import { createJudgedWorld } from "./judged.js";
import {
  chooseEvents,
  FOREIGN_EVENT,
  MIXED_EVENTS,
  MIXED_URL,
  WRITE,
  type Writer,
} from "./writes.js";

const SECRET = "the secret of our team";

/** How a mix is made. */
export interface Mix {
  readonly seed: number;
  readonly knobs: Partial<JudgeOptions>;
  /** Who may write; each client is one of them, by chance. */
  readonly writers: readonly Writer[];
  /** Whether subscriptions at the start may deliver an event twice. */
  readonly hasDuplicates?: boolean;
  /** Whether all of ours, and all calls, have the same secret. */
  readonly isSigned?: boolean;
}

/** The result of a mix. */
export interface MixReport {
  /** When all calls have ended. */
  readonly verdict: Verdict;
  /** After one more `ensure` of everything. */
  readonly healed: Verdict;
  /** Which calls have failed, and with what, such as `create: duplicate_subscription`. */
  readonly failures: readonly string[];
  readonly clients: number;
  readonly requests: number;
}

/** Two to eight clients that share nothing but the server write to one URL at once. */
export async function runMix({
  seed,
  knobs,
  writers,
  hasDuplicates = false,
  isSigned = false,
}: Mix): Promise<MixReport> {
  const random = createRandom(seed);
  const { judge, clock, connect } = createJudgedWorld({
    seed,
    latency: [5, 150],
    traffic: { every: 50 },
    ...knobs,
  });
  const secret = isSigned ? { secret: SECRET } : {};
  judge.watch(MIXED_URL, MIXED_EVENTS);
  const left = new Set<string>(MIXED_EVENTS);
  for (let count = randomBelow(random, 4); count > 0; count--) {
    const events = chooseEvents(random).filter((event) => hasDuplicates || left.delete(event));
    if (events.length > 0) judge.addRow({ webhook_url: MIXED_URL, events, ...secret });
  }
  judge.addRow({ webhook_url: "https://other.example/", events: MIXED_EVENTS, foreign: true });
  const isDeclared = random() < 0.5 && writers.includes("applySync");
  // A declared URL has no other subscriptions, so it cannot have one of somebody else.
  const kinds = writers.filter((writer) => isDeclared || writer !== "applySync");
  // A client that rotates the secret of the URL also owns everything at it.
  if (!isDeclared && !writers.includes("rotateSecret")) {
    const foreign = { events: [FOREIGN_EVENT], secret: "theirs", foreign: true };
    judge.addRow({ webhook_url: MIXED_URL, ...foreign });
  }

  const clients = Array.from({ length: 2 + randomBelow(random, 7) }, (_, index) => {
    const kind = kinds[randomBelow(random, kinds.length)] ?? "ensure";
    const delay = randomBelow(random, 1_500);
    const events = chooseEvents(random);
    const nth = randomBelow(random, 4);
    return { kind, delay, events, nth, linq: connect(`client-${index}`) };
  });
  const ends = await clock.run(() =>
    Promise.all(
      clients.map(async ({ kind, delay, events, nth, linq }) => {
        await clock.sleep(delay);
        try {
          await WRITE[kind]({ linq, events, nth, secret });
          return undefined;
        } catch (error) {
          const code = isLinqError(error) ? error.code : String(error);
          return `${kind}: ${code}`;
        }
      }),
    ),
  );
  judge.land();
  const verdict = judge.verdict();
  judge.set({ errors: {}, cuts: {}, gateway404: 0, lateWrites: { chance: 0, delay: 0 }, lag: 0 });
  await clock.run(() =>
    connect("afterwards").webhookSubscriptions.ensure({
      webhook_url: MIXED_URL,
      events: MIXED_EVENTS,
      ...secret,
    }),
  );
  judge.land();
  return {
    verdict,
    healed: judge.verdict(),
    failures: ends.filter((end) => end !== undefined),
    clients: clients.length,
    requests: judge.requests.length,
  };
}
