/** Data of an example, or a part of it. The names in it are those of our own server. */
type Part = Record<string, unknown>;

/** What stands at a path such as `chat_handles.0.identifier`; undefined where nothing does. */
export function readAt(data: object, path: string): unknown {
  let at: unknown = data;
  for (const name of path.split(".")) at = (at as Part | null | undefined)?.[name];
  return at;
}

/** Puts a value at a path of the data, which it changes; JSON leaves an undefined one out. */
export function writeAt(data: object, path: string, value: unknown): void {
  const names = path.split(".");
  const last = names.pop() ?? "";
  let at = data as Part;
  for (const name of names) at = (at[name] ??= {}) as Part;
  at[last] = value;
}
