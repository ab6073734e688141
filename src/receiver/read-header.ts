/** The headers of a delivery: a `Headers`, a plain record, or Node's `rawHeaders`. */
export type DeliveryHeaders =
  | { readonly get: (name: string) => string | null | undefined }
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | readonly string[];

/**
 * Reads a header, whatever the case of its name.
 *
 * @param bag - or null, which gateways hand over when there are none.
 * @returns undefined when it is not there; something that is no string when it is there more than
 * once.
 */
export function readHeader(bag: DeliveryHeaders | null, name: string): unknown {
  const headers = bag ?? {};
  if ("get" in headers && typeof headers.get === "function") return headers.get(name) ?? undefined;
  const pairs: readonly (readonly [unknown, unknown])[] = Array.isArray(headers)
    ? headers.flatMap((key, index) => (index % 2 === 0 ? [[key, headers[index + 1]] as const] : []))
    : Object.entries(headers);
  const values = pairs.filter(
    ([key, value]) => String(key).toLowerCase() === name && (value ?? undefined) !== undefined,
  );
  return values.length > 1 ? values : values[0]?.[1];
}
