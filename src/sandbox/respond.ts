import { throwIfAborted } from "../checks/aborted.js";
import { answerRequest, type AnswerContext } from "./api/answer-request.js";
import type { Answer } from "./api/answer.js";
import { chooseFaults, type ChosenFaults } from "./faults/choose-faults.js";
import { disturb, type Disturbance, toError } from "./faults/disturb.js";
import { type ReadRequest, readRequest } from "./api/read-request.js";
import { type Reply, toMessage } from "./wire/reply.js";
import type { SandboxRequest } from "./sandbox-request.js";
import type { SandboxOptions } from "./sandbox-options.js";
import type { SandboxState } from "./state.js";
import type { Store } from "./api/store.js";

export interface RespondContext extends Omit<AnswerContext, "store" | "pending"> {
  readonly state: SandboxState;
  readonly sleep: NonNullable<SandboxOptions["sleep"]>;
  readonly random: () => number;
}

/**
 * Answers a request, with all its faults. Rejects with the reason of the request's signal when the
 * signal aborts.
 */
export async function respond(request: Request, context: RespondContext): Promise<Reply> {
  const { state, sleep, random } = context;
  const start = performance.now();
  const read = await readRequest(request);
  const faults = chooseFaults(read, state.faults, random);
  const pause = async (ms: number): Promise<void> => {
    await sleep(ms, request.signal);
    throwIfAborted(request.signal);
  };

  let status: number | undefined;
  try {
    if (faults.before > 0) await pause(faults.before);
    const reply = carryOut(read, faults.disturbance, context);
    if (faults.after > 0) await pause(faults.after);
    status = reply.message?.status;
    return reply;
  } finally {
    const duration = performance.now() - start;
    state.requests.add({ ...describeRequest(read, faults), status, duration });
    state.pending.tick();
  }
}

function carryOut(
  request: ReadRequest,
  fault: Disturbance | undefined,
  context: RespondContext,
): Reply {
  const { state, switches } = context;
  const { pending } = state;
  if (!state.admit()) return { ending: "whole", message: toError({ status: 429 }, switches) };
  const answerFrom = (store: Store): Answer =>
    answerRequest(request, { ...context, store, pending });
  if (fault === undefined) return { ending: "whole", message: toMessage(answerFrom(state.store)) };
  const answer = write(fault, answerFrom, state);
  return disturb(fault, toMessage(answer), switches);
}

/** Answers a request with a fault, and carries out its write as the fault says. */
function write(
  fault: Disturbance,
  answerFrom: (store: Store) => Answer,
  { store, pending }: SandboxState,
): Answer {
  if (fault.kind === "hide") {
    const answer = answerFrom(store);
    const entry = answer.status === 201 ? store.findNewest() : undefined;
    if (entry) {
      entry.isListed = false;
      pending.add(fault.requests + OWN_TICK, () => {
        entry.isListed = true;
      });
    }
    return answer;
  }
  if (fault.kind === "freeze") return answerFrom(fault.store);
  const when = fault.kind === "redirect" ? "none" : (fault.write ?? "none");
  if (when === "done") return answerFrom(store);
  if (when !== "none") pending.add(when.afterRequests + OWN_TICK, () => answerFrom(store));
  return answerFrom(store.copy());
}

/** The request that plans a task ends with a tick of its own, which must not count. */
const OWN_TICK = 1;

function describeRequest(
  { method, url }: ReadRequest,
  { kind }: ChosenFaults,
): Pick<SandboxRequest, "method" | "path" | "fault"> {
  return { method, path: url.pathname, fault: kind };
}
