/** The data of an example, or a part of it. Our own server chooses its names. */
type Part = Record<string, unknown>;

/** The value at a path such as `chat_handles.0.identifier`, or undefined. */
export function readAt(data: object, path: string): unknown {
  let at: unknown = data;
  for (const name of path.split(".")) at = (at as Part | null | undefined)?.[name];
  return at;
}

/** Sets the value at a path of the data in place; JSON omits one that is undefined. */
export function writeAt(data: object, path: string, value: unknown): void {
  const names = path.split(".");
  const last = names.pop() ?? "";
  let at = data as Part;
  for (const name of names) at = (at[name] ??= {}) as Part;
  at[last] = value;
}
