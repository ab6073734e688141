import { addressOf } from "./address.js";
import type { LoggedRequest } from "./request-log.js";
import type { Row } from "./row.js";

/** A time in which something was wrong with a watched event. */
interface Finding {
  /** The URL as it was watched. */
  readonly webhookUrl: string;
  readonly event: string;
  /** Of duplicates, all rows that took part; of a loss, the rows that delivered the event last. */
  readonly ids: readonly number[];
  /** When it began, in ms since the epoch. */
  readonly from: number;
  /** When it ended; undefined while it lasts. */
  readonly to: number | undefined;
  /** The request that began it; undefined when the test did, or when it began with the watch. */
  readonly by: LoggedRequest | undefined;
}

/** A write that was sent to a row of somebody else, whatever became of it. */
interface ForeignWrite {
  readonly request: LoggedRequest;
  /** The row as it was when the request arrived. */
  readonly row: Row;
}

export interface Verdict {
  /** When two or more active rows of one address delivered the same event. */
  readonly duplicates: readonly Finding[];
  /** When no row delivered an event that had been delivered before. */
  readonly losses: readonly Finding[];
  readonly foreignWrites: readonly ForeignWrite[];
  /** The duplicates that there are now, forgiven ones as well. */
  readonly standing: readonly Finding[];
  /** The losses that there are now. */
  readonly missing: readonly Finding[];
}

/** Looks at the true rows after every change, and writes down what is wrong. */
export interface Recorder {
  /** From now on these events count at this URL. What is delivered now has to stay so. */
  readonly watch: (webhookUrl: string, events: readonly string[]) => void;
  /**
   * Lets events go, once: the next time that nobody delivers one of them it is not a loss, until
   * somebody delivers it again. Losses that there are now end.
   *
   * @param events all that are watched at this URL, if left out
   */
  readonly expectGone: (webhookUrl: string, events?: readonly string[]) => void;
  /**
   * Forgets all duplicates, losses and foreign writes so far. An event that is missing now does not
   * count until somebody delivers it again.
   */
  readonly forgive: () => void;
  /** Must be called after each change. */
  readonly noteChange: (at: number, by: LoggedRequest | undefined) => void;
  readonly noteForeignWrite: (write: ForeignWrite) => void;
  readonly verdict: () => Verdict;
}

type OpenFinding = { -readonly [Key in keyof Finding]: Finding[Key] };

interface WatchedEvent {
  readonly webhookUrl: string;
  readonly address: string;
  readonly event: string;
  /** The rows that delivered it last; undefined when nobody has to. */
  deliverers: readonly number[] | undefined;
  /** Whether nobody needs to deliver it once it is gone. */
  mayGo: boolean;
  duplicates: OpenFinding | undefined;
  loss: OpenFinding | undefined;
}

export function createRecorder(rows: () => readonly Row[], now: () => number): Recorder {
  const watched: WatchedEvent[] = [];
  const duplicates: OpenFinding[] = [];
  const losses: OpenFinding[] = [];
  const foreignWrites: ForeignWrite[] = [];

  function look(state: WatchedEvent, at: number, by: LoggedRequest | undefined): void {
    const { webhookUrl, event } = state;
    const delivering = rows().filter((row) => isDelivering(row, state));
    const begin = (ids: readonly number[], list: OpenFinding[]): OpenFinding => {
      const finding = { webhookUrl, event, ids, from: at, to: undefined, by };
      list.push(finding);
      return finding;
    };

    const duplicateIds = findDuplicates(delivering);
    if (duplicateIds.length > 0) {
      state.duplicates ??= begin([], duplicates);
      state.duplicates.ids = [...new Set([...state.duplicates.ids, ...duplicateIds])];
    } else if (state.duplicates) {
      state.duplicates.to = at;
      state.duplicates = undefined;
    }

    if (delivering.length > 0) {
      if (state.loss) state.loss.to = at;
      state.loss = undefined;
      state.deliverers = delivering.map(({ id }) => id);
    } else if (state.mayGo) {
      stopExpecting(state);
    } else if (state.deliverers) {
      state.loss ??= begin(state.deliverers, losses);
    }
  }

  return {
    watch: (webhookUrl, events) => {
      const address = addressOf(webhookUrl);
      for (const event of new Set(events)) {
        const known = watched.find((state) => state.address === address && state.event === event);
        const none = { deliverers: undefined, duplicates: undefined, loss: undefined };
        const state = known ?? { webhookUrl, address, event, mayGo: false, ...none };
        state.mayGo = false;
        if (!known) watched.push(state);
        look(state, now(), undefined);
      }
    },
    expectGone: (webhookUrl, events) => {
      const address = addressOf(webhookUrl);
      for (const state of watched) {
        if (state.address !== address || events?.includes(state.event) === false) continue;
        state.mayGo = true;
        if (state.loss) state.loss.to = now();
        look(state, now(), undefined);
      }
    },
    forgive: () => {
      duplicates.length = 0;
      losses.length = 0;
      foreignWrites.length = 0;
      for (const state of watched) if (state.loss) stopExpecting(state);
    },
    noteChange: (at, by) => {
      for (const state of watched) look(state, at, by);
    },
    noteForeignWrite: (write) => {
      foreignWrites.push(write);
    },
    verdict: () => ({
      duplicates: duplicates.map(copy),
      losses: losses.map(copy),
      foreignWrites: [...foreignWrites],
      standing: watched.flatMap((state) => (state.duplicates ? [copy(state.duplicates)] : [])),
      missing: watched.flatMap((state) => (state.loss ? [copy(state.loss)] : [])),
    }),
  };
}

/** A row counts for the URL that it was made with too, if the server spelled that differently. */
function isDelivering(row: Row, { address, event }: WatchedEvent): boolean {
  if (!row.active || !row.events.includes(event)) return false;
  return [row.webhook_url, row.sentUrl].some((url) => addressOf(url) === address);
}

/** The ids of all rows that share the address to which the server delivers with another one. */
function findDuplicates(delivering: readonly Row[]): number[] {
  const addresses = delivering.map(({ webhook_url }) => addressOf(webhook_url));
  const isShared = (_: Row, index: number): boolean =>
    addresses.some((address, other) => other !== index && address === addresses[index]);
  return delivering.filter(isShared).map(({ id }) => id);
}

function stopExpecting(state: WatchedEvent): void {
  state.deliverers = undefined;
  state.loss = undefined;
  state.mayGo = false;
}

function copy(finding: OpenFinding): Finding {
  return { ...finding, ids: [...finding.ids] };
}
