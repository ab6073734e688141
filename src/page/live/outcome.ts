import type { PageDelivery } from "../../cli/page/protocol.js";

/** The outcome of a delivery. */
export type Outcome = PageDelivery["outcome"];

/** The result of the check of its signature. */
export type Signature = PageDelivery["signature"];
