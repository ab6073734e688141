import { isRecord } from "../checks/check-fields.js";

/**
 * The headers of a delivery: a `Headers`, a `Map`, a plain record, or Node's `rawHeaders`. A value may
 * stand in a list of one, as gateways have it, or there in an object, as Lambda@Edge has it.
 *
 * @inline
 */
export type DeliveryHeaders =
  | {
      /** Gives the value of a header, whatever the case of its name. */
      readonly get: (name: string) => string | null | undefined;
    }
  | Readonly<Record<string, HeaderValue>>
  | ReadonlyMap<string, HeaderValue>
  | readonly string[];

/** @inline */
type HeaderValue =
  | string
  | readonly string[]
  | readonly {
      /** The name of the header. */
      readonly key?: string | undefined;
      /** Its value. */
      readonly value: string;
    }[]
  | undefined;

/**
 * Reads a header, whatever the case of its name.
 *
 * @param bag - or null, which gateways hand over when there are none.
 * @returns undefined when it is not there; something that is no string when it is there more than
 * once.
 */
export function readHeader(bag: DeliveryHeaders | null, name: string): unknown {
  const headers = bag ?? {};
  // That of a map, unlike the others, minds the case of the name.
  if (!isMap(headers) && "get" in headers && typeof headers.get === "function") {
    return headers.get(name) ?? undefined;
  }
  const values = valuesOf(headers, name).filter((value) => (value ?? undefined) !== undefined);
  return values.length > 1 ? values : onlyOf(values[0]);
}

/** What a list of one holds; everything else as it is. */
export function onlyOf(value: unknown): unknown {
  if (!Array.isArray(value) || value.length !== 1) return value;
  const [only] = value as readonly unknown[];
  return isRecord(only) ? only["value"] : only;
}

function valuesOf(headers: object, name: string): readonly unknown[] {
  const isIt = (key: unknown): boolean => isSpelling(key, name);
  if (isMap(headers)) return [...headers].flatMap(([key, value]) => (isIt(key) ? [value] : []));
  if (Array.isArray(headers)) {
    const list: readonly unknown[] = headers;
    return list.filter((_, index) => index % 2 === 1 && isIt(list[index - 1]));
  }
  // What most servers have, without a pair for each of its headers.
  const record = headers as Readonly<Record<string, unknown>>;
  return Object.keys(record)
    .filter(isIt)
    .map((key) => record[key]);
}

/** By its length first: most names are others. */
function isSpelling(key: unknown, name: string): boolean {
  const text = String(key);
  return text.length === name.length && text.toLowerCase() === name;
}

function isMap(value: object): value is ReadonlyMap<unknown, unknown> {
  return Object.prototype.toString.call(value) === "[object Map]";
}
