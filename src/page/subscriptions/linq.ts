import { createLinqClient } from "../../index.js";

/** The library itself, through the server, which adds the token. */
export const linq = createLinqClient({
  baseUrl: `${location.origin}/_/linq`,
  allowUnknownEvents: true,
});
