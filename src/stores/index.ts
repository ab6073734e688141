export type { DeliveryStore } from "../receiver/delivery-store.js";
export {
  connectDurableObjectStore,
  createDurableObjectStore,
  DeliveryStoreObject,
  type DurableObjectStoreOptions,
} from "./durable-object-store.js";
export {
  createPostgresStore,
  type PostgresStore,
  type PostgresStoreOptions,
  type RunQuery,
} from "./postgres-store.js";
export { createRedisStore, type RedisStoreOptions, type RunScript } from "./redis-store.js";
