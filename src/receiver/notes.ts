import { InvalidInputError } from "../errors/invalid-input-error.js";
import { isThere } from "./is-there.js";
import { startTimer } from "./timer.js";

/** Writes the state of a key to the store. */
export type Write = (key: string) => unknown;

/** The options of {@link createNotes}. */
export interface NotesOptions {
  /** How long the store may take for each answer, in ms. */
  readonly timeout: number;
  /** Called when the store fails. */
  readonly onError: (error: unknown) => void;
}

/** Writes outcomes to a store. If a write fails, the worst result is a repeated run, not an error. */
export interface Notes {
  /** @returns whether the store succeeded in time; not a promise if the store is synchronous. */
  readonly inTime: (act: () => unknown) => boolean | Promise<boolean>;
  /** @returns the keys for which the store failed; not a promise if the store is synchronous. */
  readonly note: (
    write: Write,
    keys: readonly string[],
  ) => readonly string[] | Promise<readonly string[]>;
  /**
   * Repeats failed writes with growing pauses, so that a handled event is not handled again, and a
   * released one does not have to wait for its claim to expire.
   *
   * @param longest - the longest time to repeat them, in ms.
   */
  readonly insist: (write: Write, keys: readonly string[], longest: number) => Promise<void>;
}

/** The first and the longest pause between the attempts of {@link Notes.insist}, in ms; they double. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

export function createNotes({ timeout, onError }: NotesOptions): Notes {
  return {
    inTime: (act) => inTime(act, onError),
    note: (write, keys) => note(write, keys, onError),
    insist: async (write, keys, longest) => {
      let left = keys;
      let pause = FIRST_PAUSE;
      const end = Date.now() + longest;
      while (left.length > 0 && Date.now() < end) {
        await startTimer(pause).up;
        // The failure has been reported once.
        left = await note(write, left, () => undefined);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
    },
  };

  function note(
    write: Write,
    keys: readonly string[],
    report: (error: unknown) => void,
  ): readonly string[] | Promise<readonly string[]> {
    const left: string[] = [];
    for (const [index, key] of keys.entries()) {
      const isDone = inTime(() => write(key), report);
      if (typeof isDone !== "boolean") return noteRest(isDone, key, keys.slice(index + 1));
      if (!isDone) left.push(key);
    }
    return left;

    /** One after another, since a store may have only one connection. */
    async function noteRest(
      isDone: Promise<boolean>,
      key: string,
      others: readonly string[],
    ): Promise<readonly string[]> {
      if (!(await isDone)) left.push(key);
      return [...left, ...(await note(write, others, report))];
    }
  }

  function inTime(
    act: () => unknown,
    report: (error: unknown) => void,
  ): boolean | Promise<boolean> {
    try {
      const done = act();
      return isThere(done) || waitInTime(done, report);
    } catch (error) {
      report(error);
      return false;
    }
  }

  async function waitInTime(done: unknown, report: (error: unknown) => void): Promise<boolean> {
    const { up, stop } = startTimer(timeout);
    const late = up.then(() => {
      throw new InvalidInputError("store", `able to answer within ${timeout} ms`);
    });
    try {
      await Promise.race([done, late]);
      return true;
    } catch (error) {
      report(error);
      return false;
    } finally {
      stop();
    }
  }
}
