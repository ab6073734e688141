import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { Call } from "../http/call.js";
import { untilOver } from "../http/deadline.js";
import { addressOf } from "./identity.js";

/**
 * Runs a task while nobody else runs one under the same key, and gives its result. The guard is safe
 * without any lock; one saves the detour of making a duplicate and taking it back.
 */
export type Lock = <T>(key: string, task: () => Promise<T>) => Promise<T>;

/** All that adds to a URL, or takes from it by its own choice, goes under one key. */
export function lockKey(webhookUrl: string): string {
  return `linq-webhooks ${addressOf(webhookUrl)}`;
}

const EXPECTED = "a function that runs its task, and holds until it has ended";

/** The last task of each key in this process; who comes next waits for it. */
const queues = new Map<string, Promise<unknown>>();

/**
 * One at a time per key: across tabs and workers where the runtime has the Web Locks API, else in
 * this process.
 */
export const defaultLock: Lock = <T>(key: string, task: () => Promise<T>): Promise<T> => {
  const { navigator, origin } = globalThis as {
    navigator?: { locks?: LockManager };
    origin?: string;
  };
  // The type says that the lock gives what the task does, promised or not; the task promises it.
  // A page without an origin of its own, as in a sandboxed frame, has the API but may not use it.
  if (navigator?.locks && origin !== "null")
    return navigator.locks.request(key, task) as Promise<T>;
  const result = (queues.get(key) ?? Promise.resolve()).then(task, task);
  queues.set(key, result);
  const leave = (): void => {
    if (queues.get(key) === result) queues.delete(key);
  };
  result.then(leave, leave);
  return result;
};

/**
 * Runs a task under the caller's lock, which is not trusted to do as it should. A task that has been
 * started always ends before this does.
 *
 * @throws {InvalidInputError} when the lock fails, or ends before it has run the task to its end.
 */
export async function withLock<T>(
  lock: Lock,
  key: string,
  call: Call,
  task: () => Promise<T>,
): Promise<T> {
  const state: { run?: Promise<T>; isFinished: boolean; isOver: boolean } = {
    isFinished: false,
    isOver: false,
  };
  const start = async (): Promise<T> => {
    // A lock that is granted after the call has ended finds nothing to do.
    call.throwIfOver();
    if (state.isOver) throw new InvalidInputError("lock", EXPECTED);
    try {
      return await task();
    } finally {
      state.isFinished = true;
    }
  };
  const runOnce = (): Promise<T> => {
    state.run ??= start();
    // A lock may drop what its task gives, and that must not end the process.
    state.run.catch(() => undefined);
    return state.run;
  };
  let cause: unknown;
  try {
    await untilOver(
      call,
      Promise.resolve().then(() => lock(key, runOnce)),
    );
  } catch (error) {
    cause = error;
  }
  state.isOver = true;
  // The task ends by itself when its call is over, and its own error says best why.
  if (state.run && (state.isFinished || call.isOver())) return state.run;
  await state.run?.catch(() => undefined);
  call.throwIfOver();
  throw new InvalidInputError("lock", EXPECTED, cause === undefined ? {} : { cause });
}
