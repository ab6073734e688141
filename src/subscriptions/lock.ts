import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { Call } from "../http/call.js";
import { untilOver } from "../http/deadline.js";
import { addressOf } from "./identity.js";

/**
 * Runs a task while no other task runs under the same key, and returns its result. The guard is safe
 * without a lock; a lock saves the detour of creating a duplicate and deleting it again.
 */
export type Lock = <T>(key: string, task: () => Promise<T>) => Promise<T>;

/** The key of a URL, which all calls that change its set of subscriptions share. */
export function lockKey(webhookUrl: string): string {
  return `linq-webhooks ${addressOf(webhookUrl)}`;
}

const EXPECTED = "a function that runs its task, and holds the lock until the task ends";

/** The last task of each key in this process; the next task waits for it. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs one task at a time per key: across tabs and workers if the runtime has the Web Locks API, else in
 * this process.
 */
export const defaultLock: Lock = <T>(key: string, task: () => Promise<T>): Promise<T> => {
  const { navigator, origin } = globalThis as {
    navigator?: { locks?: LockManager };
    origin?: string;
  };
  // The lock returns the task's promise, but its type also allows a plain value.
  // A page without its own origin, as in a sandboxed frame, has the API but must not use it.
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
 * Runs a task under the caller's lock, which may be faulty. A task that was started always ends before
 * this function does.
 *
 * @throws {InvalidInputError} when the lock fails, or ends before the task does.
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
    // The lock may be granted after the call has ended.
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
    // A lock may drop the promise of its task, and a rejection of it must not end the process.
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
  // The task ends when its call is over, and its own error explains best why.
  if (state.run && (state.isFinished || call.isOver())) return state.run;
  await state.run?.catch(() => undefined);
  call.throwIfOver();
  throw new InvalidInputError("lock", EXPECTED, cause === undefined ? {} : { cause });
}
