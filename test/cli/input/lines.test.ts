import { describe, expect, it } from "vitest";
import { createLines, type Lines } from "../../../src/cli/input/lines.js";
import { rejectionOf } from "../../support/rejection.js";

const signal = new AbortController().signal;

async function* inChunks(
  chunks: readonly (string | Uint8Array)[],
): AsyncGenerator<string | Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

function linesOf(...chunks: (string | Uint8Array)[]): Lines {
  return createLines(() => inChunks(chunks));
}

async function readAll(lines: Lines): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const line = await lines.next(signal);
    if (line === undefined) return all;
    all.push(line);
  }
}

describe("createLines", () => {
  it.each([
    ["of Unix", ["a\nb\n"], ["a", "b"]],
    ["of Windows", ["a\r\nb\r\n"], ["a", "b"]],
    ["of Windows, split between chunks", ["a\r", "\nb"], ["a", "b"]],
    ["without a final line break", ["a\nb"], ["a", "b"]],
    ["that are empty", ["\n\na"], ["", "", "a"]],
    ["in many pieces", ["a", "b\nc", "", "d"], ["ab", "cd"]],
    ["of an empty input", [], []],
  ])("reads lines %s", async (_name, chunks, expected) => {
    expect(await readAll(linesOf(...chunks))).toEqual(expected);
  });

  it("reads characters that are split between chunks", async () => {
    const bytes = new TextEncoder().encode("schön\n🏡");
    expect(await readAll(linesOf(...Array.from(bytes, (byte) => Uint8Array.of(byte))))).toEqual([
      "schön",
      "🏡",
    ]);
  });

  it("opens the input only when a line is read", async () => {
    let count = 0;
    const lines = createLines(() => {
      count += 1;
      return inChunks(["a\nb\n"]);
    });
    expect(count).toBe(0);
    await readAll(lines);
    expect(count).toBe(1);
  });

  it("stops waiting when the signal aborts", async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    const lines = createLines(() => ({
      [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }),
    }));
    const waiting = rejectionOf(lines.next(controller.signal));
    controller.abort(reason);
    expect(await waiting).toBe(reason);
    expect(await rejectionOf(lines.next(controller.signal))).toBe(reason);
  });
});
