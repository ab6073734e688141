import { isRecord } from "../checks/check-fields.js";

/**
 * The headers of a delivery: a `Headers`, a `Map`, a plain record, or Node's `rawHeaders`. A value may
 * be in a list with one member, as in gateways, or in an object in that list, as in Lambda@Edge.
 *
 * @inline
 */
export type DeliveryHeaders =
  | {
      /** Returns the value of a header; the case of the name does not matter. */
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
 * Reads a header; the case of its name does not matter.
 *
 * @param bag - the headers, or null, which gateways pass when there are none.
 * @param name - the name of the header, in lower case.
 * @returns undefined when the header is missing, and a list of the values when it occurs more than once.
 */
export function readHeader(bag: DeliveryHeaders | null, name: string): unknown {
  const headers = bag ?? {};
  // The `get` of a map, unlike that of `Headers`, is case-sensitive.
  if (!isMap(headers) && "get" in headers && typeof headers.get === "function") {
    return headers.get(name) ?? undefined;
  }
  const values = valuesOf(headers, name).filter((value) => (value ?? undefined) !== undefined);
  return values.length > 1 ? values : onlyOf(values[0]);
}

/** The value in a list with one member; any other value unchanged. */
export function onlyOf(value: unknown): unknown {
  if (!Array.isArray(value) || value.length !== 1) return value;
  const [only] = value as readonly unknown[];
  return isRecord(only) ? only["value"] : only;
}

function valuesOf(headers: object, name: string): readonly unknown[] {
  if (isMap(headers)) {
    return [...headers].flatMap(([key, value]) => (isSpelling(key, name) ? [value] : []));
  }
  if (Array.isArray(headers)) {
    const list: readonly unknown[] = headers;
    return list.filter((_, index) => index % 2 === 1 && isSpelling(list[index - 1], name));
  }
  // Most servers have this form. It is read without creating a pair for each header.
  const record = headers as Readonly<Record<string, unknown>>;
  const values: unknown[] = [];
  for (const key of Object.keys(record)) if (isSpelling(key, name)) values.push(record[key]);
  return values;
}

/** Compares the lengths first, since most names differ. */
function isSpelling(key: unknown, name: string): boolean {
  const text = String(key);
  return text.length === name.length && text.toLowerCase() === name;
}

function isMap(value: object): value is ReadonlyMap<unknown, unknown> {
  return Object.prototype.toString.call(value) === "[object Map]";
}
