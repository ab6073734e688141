import type { Live } from "./live/live.js";
import type { Route } from "./route.js";

/** The properties of every view. */
export interface PageProps {
  readonly live: Live;
  readonly route: Route;
  /** Changes the URL. Adds an entry to the history, unless `isReplaced`. */
  readonly go: (change: Partial<Route>, isReplaced?: boolean) => void;
  /** Runs a task, and shows its result or its error as a notice. */
  readonly run: (task: () => Promise<string>) => Promise<void>;
}
