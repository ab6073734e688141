/** The value in place of the body when something has parsed it, or used it up. */
export const NOT_RAW: readonly [name: string, value: unknown][] = [
  ["a parsed object", { event_type: "message.read", data: {} }],
  ["an empty object, as body parsers leave it", {}],
  ["an object that would print as the right text", { toString: () => "{}", toJSON: () => ({}) }],
  ["a list", [1, 2, 3]],
  ["null", null],
  ["undefined", undefined],
  ["a number", 1],
  ["a String object", new String("{}")],
  ["a Buffer that went through JSON", { type: "Buffer", data: [123, 125] }],
  ["a view of an ArrayBuffer", new DataView(new ArrayBuffer(2))],
  ["a Blob", new Blob(["{}"])],
  ["other numbers than bytes", new Uint16Array(2)],
  ["a promise", Promise.resolve("{}")],
];
