import { inspect } from "node:util";

/**
 * All that a log, a debugger or an error tracker could show of a value: its inspection to any depth,
 * its JSON, and the message, stack and own fields of it and of everything below it.
 */
export function visibleText(value: unknown): string {
  const seen = new Set<unknown>();
  const texts = [inspect(value, { depth: Infinity, showHidden: true, getters: true })];
  visit(value);
  return texts.join("\n");

  function visit(current: unknown): void {
    // Without the quotes and escapes of an inspection.
    if (typeof current === "string") texts.push(current);
    if (typeof current !== "object" || current === null || seen.has(current)) return;
    seen.add(current);
    texts.push(toJson(current));
    if (current instanceof Error) texts.push(String(current), current.stack ?? "");
    for (const key of Reflect.ownKeys(current)) {
      texts.push(String(key));
      visit(Reflect.get(current, key));
    }
  }
}

function toJson(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    // A circle; the fields are visited one by one all the same.
    return "";
  }
}
