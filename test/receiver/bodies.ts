const utf8 = new TextEncoder();

/** Bodies of which a receiver must not change a byte. */
export const BODIES: readonly [name: string, body: string | Uint8Array][] = [
  ["nothing", ""],
  ["no bytes", new Uint8Array()],
  ["JSON", '{"event_type":"message.read","data":{}}'],
  ["emoji", '{"text":"🏡👩‍👩‍👧 ünïcode"}'],
  ["emoji as bytes", utf8.encode('{"text":"🏡👩‍👩‍👧 ünïcode"}')],
  ["a byte order mark", utf8.encode("\uFEFF{}")],
  ["a byte order mark in text", "\uFEFF{}"],
  ["a lone 0xFF", Uint8Array.of(0x22, 0xff, 0x22)],
  ["half a character", utf8.encode("🏡").subarray(0, 2)],
  ["CRLF", "{\r\n}\r\n"],
  ["a zero byte", Uint8Array.of(0)],
  ["a Buffer", Buffer.from("{ }")],
  ["a part of a buffer", utf8.encode("x{}x").subarray(1, 3)],
];
