export { InvalidInputError } from "../errors/invalid-input-error.js";
export { LinqError } from "../errors/linq-error.js";
export type { Claim, ClaimOptions, ClaimOwner, DeliveryStore } from "../receiver/delivery-store.js";
export {
  connectDurableObjectStore,
  createDurableObjectStore,
  DeliveryStoreObject,
  type DurableObjectStoreOptions,
  type ObjectNamespace,
  type ObjectStorage,
} from "./durable-object-store.js";
export {
  createPostgresStore,
  type PostgresStore,
  type PostgresStoreOptions,
  type RunQuery,
} from "./postgres-store.js";
export { createRedisStore, type RedisStoreOptions, type RunScript } from "./redis-store.js";
