/** The part of the page that is shown, as the fragment of the URL states it. */
export interface Route {
  readonly view: View;
  /** Filters of the deliveries; empty for all. */
  readonly outcome: string;
  readonly event: string;
  readonly text: string;
  /** The delivery whose details are shown; empty for none. */
  readonly id: string;
}

export type View = "deliveries" | "subscriptions" | "example" | "sandbox";

const VIEWS: readonly View[] = ["deliveries", "subscriptions", "example", "sandbox"];
const PARAMETERS = ["outcome", "event", "text", "id"] as const;

/** Reads a fragment such as `#/deliveries?outcome=refused&id=7`, and ignores unknown parts. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const found = new URLSearchParams(query);
  const parameters = PARAMETERS.map((name) => [name, found.get(name) ?? ""] as const);
  return {
    view: VIEWS.find((name) => name === path) ?? "deliveries",
    // The entries include every parameter.
    ...(Object.fromEntries(parameters) as Record<(typeof PARAMETERS)[number], string>),
  };
}

/** Writes a route as a fragment, without empty parameters. */
export function formatRoute({ view, ...parameters }: Partial<Route> & { view: View }): string {
  const query = new URLSearchParams();
  for (const name of PARAMETERS) {
    const value = parameters[name] ?? "";
    if (value !== "") query.set(name, value);
  }
  return `#/${view}${query.size === 0 ? "" : `?${query.toString()}`}`;
}
