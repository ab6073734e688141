import type { PageDelivery } from "../../cli/page/protocol.js";
import type { Route } from "../route.js";

type Filter = Pick<Route, "outcome" | "event" | "text">;

/**
 * Creates a filter for the deliveries of a route. It searches the text of each delivery only once,
 * because the page filters the list in every frame.
 */
export function createFilter({
  outcome,
  event,
  text,
}: Filter): (delivery: PageDelivery) => boolean {
  const searched = text.trim().toLowerCase();
  const found = new WeakMap<PageDelivery, boolean>();
  const hasText = (delivery: PageDelivery): boolean => {
    const known = found.get(delivery);
    if (known !== undefined) return known;
    const isFound = textsOf(delivery).some((part) => part.toLowerCase().includes(searched));
    found.set(delivery, isFound);
    return isFound;
  };
  return (delivery) =>
    (outcome === "" || delivery.outcome === outcome) &&
    (event === "" || delivery.event === event) &&
    (searched === "" || hasText(delivery));
}

function textsOf({ event, eventId, from, url, body, headers }: PageDelivery): string[] {
  return [event ?? "", eventId ?? "", from ?? "", url ?? "", body, ...headers.flat()];
}
