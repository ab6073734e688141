/** Data of an example, or a part of it. */
type Part = Record<string, unknown>;

/** What stands at a path such as `message.parts.0.text`; undefined where nothing does. */
export function readAt(data: unknown, path: string): unknown {
  let at = data;
  for (const name of path.split(".")) {
    if (!isPart(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

/** Puts a value at a path of the data, which it changes; an undefined one takes away what is there. */
export function writeAt(data: Part, path: string, value: unknown): void {
  const names = path.split(".");
  const last = names.pop() ?? "";
  let at = data;
  for (const name of names) {
    const next = Object.hasOwn(at, name) ? at[name] : undefined;
    if (isPart(next)) at = next;
    else if (value === undefined) return;
    else at = define(at, name, {});
  }
  if (value === undefined) Reflect.deleteProperty(at, last);
  else define(at, last, value);
}

/** Sets an own member, whatever its name. */
function define<T>(part: Part, name: string, value: T): T {
  Object.defineProperty(part, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
  return value;
}

function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null;
}
