import type { PageDelivery } from "../../cli/page/protocol.js";

/** What became of a delivery. */
export type Outcome = PageDelivery["outcome"];

/** What was found of its signature. */
export type Signature = PageDelivery["signature"];
