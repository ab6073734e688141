import { createLinqClient } from "../../index.js";
import type { LeanSubscriptions } from "./lean-subscriptions.js";

/** The client of the library, through the server, which adds the token. */
const linq: { readonly webhookSubscriptions: LeanSubscriptions } = createLinqClient({
  baseUrl: `${location.origin}/_/linq`,
  allowUnknownEvents: true,
});

export const { list, removeDuplicates } = linq.webhookSubscriptions;
