import type { Connection as State, Live } from "../live/live.js";

const TEXTS: Readonly<Record<State, string>> = {
  connecting: "Connecting …",
  open: "Live",
  lost: "Connection lost, trying again …",
  ended: "This page has expired: open the URL that the command prints now.",
};

/** The state of the connection, on which the data on the page depends. */
export function Connection({ live }: { live: Live }): preact.JSX.Element {
  const state = live.connection();
  return (
    <p class={`connection is-${state}`} role="status">
      {TEXTS[state]}
    </p>
  );
}
