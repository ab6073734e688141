export { testDeliveryStore, type TestDeliveryStoreOptions } from "./test-delivery-store.js";
