import { composeClient } from "../../src/client.js";
import type { LinqClient, LinqClientOptions } from "../../src/index.js";
import { createJudge, type Judge, type JudgeOptions } from "../judge/judge.js";
import { createVirtualClock, type VirtualClock } from "../judge/virtual-clock.js";
import { withoutLock } from "./sandbox-client.js";

/** A judge, and clients of it that share nothing but it and the time. */
export interface JudgedWorld {
  readonly judge: Judge;
  readonly clock: VirtualClock;
  /** One more client, as another machine would have it. */
  readonly connect: (name: string, options?: LinqClientOptions) => LinqClient<string>;
}

export function createJudgedWorld(options: JudgeOptions & { seed: number }): JudgedWorld {
  const clock = createVirtualClock({ seed: options.seed });
  const judge = createJudge({ clock, ...options });
  return {
    judge,
    clock,
    connect: (name, more = {}) =>
      composeClient(
        { token: name.padEnd(6, "-"), fetch: judge.fetch, lock: withoutLock, ...more },
        clock,
      ),
  };
}
