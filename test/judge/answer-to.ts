import { type Answer, answerError, answerHtml } from "./answer.js";
import type { Chances, Knobs } from "./knobs.js";
import { OPERATIONS, type World } from "./operations.js";
import type { LoggedRequest } from "./request-log.js";
import type { Method } from "./route.js";

/** What decides about a request in addition to the rows. */
export interface Gate {
  readonly world: World;
  /** The method of the operation; undefined when there is no such path or method. */
  readonly method: Method | undefined;
  /** How many seconds the rate limit delays it; undefined when it does not. */
  readonly wait: number | undefined;
}

/**
 * Answers a request at a time, in ms. Everything happens at once: what takes time is scheduled in
 * the agenda.
 */
export function answerTo(
  { world, method, wait }: Gate,
  request: LoggedRequest,
  at: number,
): Answer | "cut" {
  const { gateway404, errors, cuts, lateWrites, rateLimit } = world.knobs();
  const happens = (chances: Chances = 0): boolean => {
    const chance = typeof chances === "number" ? chances : ((method && chances[method]) ?? 0);
    // A random number is drawn only where one is needed, so that knobs do not affect each other.
    return chance > 0 && world.random() < chance;
  };

  if (!method) return answerHtml(404);
  if (request.client === "") return answerError(401, "unauthorized", ["The token is missing."]);
  if (wait !== undefined) {
    const headers = rateLimit?.retryAfter === false ? {} : { "retry-after": String(wait) };
    return answerError(429, "rate_limited", ["Too Many Requests"], headers);
  }
  if (happens(cuts.before)) return "cut";
  if (happens(errors.before)) return answerError(500, "server_error", ["Nothing was done."]);
  if (isAtGateway(gateway404, request, happens)) return answerHtml(404);

  const operation = OPERATIONS[method];
  if (method !== "GET" && happens(lateWrites.chance)) {
    world.agenda.add(at + lateWrites.delay, (moment) => operation(world, request, moment), "write");
    return answerHtml(504);
  }
  const answer = operation(world, request, at);
  if (happens(errors.after)) return answerError(500, "server_error", ["All was done."]);
  return happens(cuts.after) ? "cut" : answer;
}

function isAtGateway(
  knob: Knobs["gateway404"],
  request: LoggedRequest,
  happens: (chance: number) => boolean,
): boolean {
  const { method } = request;
  if (method !== "PUT" && method !== "DELETE") return false;
  if (typeof knob === "number") return happens(knob);
  return typeof knob === "function" ? knob(request) : knob.includes(method);
}
