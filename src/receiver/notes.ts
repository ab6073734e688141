import { InvalidInputError } from "../errors/invalid-input-error.js";
import { isThere } from "./is-there.js";
import { startTimer } from "./timer.js";

/** Writes something about a key into the store. */
export type Write = (key: string) => unknown;

/** How a store is told what has been decided. */
export interface NotesOptions {
  /** How long the store has for each of its answers at most, in ms. */
  readonly timeout: number;
  /** Told when the store fails. */
  readonly onError: (error: unknown) => void;
}

/** Tells a store what has been decided. Where it fails, that costs a repetition at worst, and no error. */
export interface Notes {
  /** @returns whether the store has done it in time; at once where it does it at once. */
  readonly inTime: (act: () => unknown) => boolean | Promise<boolean>;
  /** @returns the keys with which the store has failed; at once where it does all at once. */
  readonly note: (
    write: Write,
    keys: readonly string[],
  ) => readonly string[] | Promise<readonly string[]>;
  /**
   * Tells it again what it has failed at, with growing pauses, so that what has been handled is not
   * handled again, and what was given up need not wait for its claim to run out.
   *
   * @param longest - For how long, in ms.
   */
  readonly insist: (write: Write, keys: readonly string[], longest: number) => Promise<void>;
}

/** The pauses between the attempts of {@link Notes.insist}, in ms: from the first they double. */
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
        // It has been told once.
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

    /** One after the other, since a store may have a single connection. */
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
      throw new InvalidInputError("store", `one that answers within ${timeout} ms`);
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
