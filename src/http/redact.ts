/** Replaces every value that must not be seen, wherever it stands in a text. */
export type Redact = (text: string) => string;

const REDACTED = "[REDACTED]";

/**
 * Makes a {@link Redact} for the given values, in the forms in which they could be echoed: as they
 * are, escaped as in JSON, and encoded as in a URL or a form.
 */
export function createRedact(values: Iterable<string>): Redact {
  const forms = new Set<string>();
  for (const value of values) {
    const encoded = encodeURIComponent(value);
    forms.add(value).add(JSON.stringify(value).slice(1, -1));
    forms.add(encoded).add(encoded.replaceAll("%20", "+"));
  }
  // The longest first, so that a value that contains another one leaves nothing behind.
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, form) => rest.replaceAll(form, REDACTED), text);
}

/** The same JSON data with every string in it redacted. */
export function redactData<T>(data: T, redact: Redact): T {
  // Only strings change, and only their text, so the type stays what it was.
  return JSON.parse(JSON.stringify(data), (_key, value: unknown) =>
    typeof value === "string" ? redact(value) : value,
  ) as T;
}
