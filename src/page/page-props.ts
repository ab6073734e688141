import type { Live } from "./live/live.js";
import type { Route } from "./route.js";

/** What every view is given. */
export interface PageProps {
  readonly live: Live;
  readonly route: Route;
  /** Changes the address; the step before can be gone back to, unless the change replaces it. */
  readonly go: (change: Partial<Route>, isReplaced?: boolean) => void;
  /** Does something, and says what came of it: the text that it gives, or the error. */
  readonly run: (task: () => Promise<string>) => Promise<void>;
}
