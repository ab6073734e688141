export type { Claim, ClaimOptions, ClaimOwner, DeliveryStore } from "../receiver/delivery-store.js";
export { testDeliveryStore, type TestDeliveryStoreOptions } from "./test-delivery-store.js";
