import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readBody } from "../../src/receiver/read-body.js";
import { startTimer } from "../../src/receiver/timer.js";
import { rejectionOf } from "../support/rejection.js";
import { BODIES } from "./bodies.js";
import { requestOf, streamOf } from "./delivery.js";
import { createGate } from "./gate.js";

const MAX = 4_096;
const never = new Promise<void>(() => undefined);

/** A request with that body and those headers. */
function send(
  body: ReadableStream<Uint8Array> | string | Uint8Array<ArrayBuffer> | null,
  headers: Record<string, string> = {},
): Request {
  return requestOf({ body: "", headers }, body);
}

const read = (request: Request): Promise<Uint8Array> => readBody(request, MAX, never);

const tooLarge = { code: "invalid_event", status: 413, expected: "at most 4096 bytes" };

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("readBody", () => {
  test.each(BODIES)("returns %s byte for byte", async (_name, body) => {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : new Uint8Array(body);
    expect([...(await read(send(bytes)))]).toEqual([...bytes]);
    expect([...(await read(send(streamOf(split(bytes, 1)))))]).toEqual([...bytes]);
  });

  test("returns no bytes when there is no body", async () => {
    expect(await read(send(null))).toHaveLength(0);
  });

  test("returns a body sent in any chunks, and rejects one that is too large", async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(chunks, async (parts) => {
        const bytes = parts.flatMap((part) => [...part]);
        const reading = read(send(streamOf(parts)));
        if (bytes.length > MAX) expect(await rejectionOf(reading)).toMatchObject(tooLarge);
        else expect([...(await reading)]).toEqual(bytes);
      }),
    );
  });

  test.each([1, 7, 1_024, MAX])("accepts %i bytes at a time up to the limit", async (size) => {
    const body = new Uint8Array(MAX).fill(0x61);
    expect(await read(send(streamOf(split(body, size))))).toEqual(body);
    const larger = streamOf(split(new Uint8Array(MAX + 1), size));
    expect(await rejectionOf(read(send(larger)))).toMatchObject(tooLarge);
  });

  test("copies a body of single bytes only a few times", async () => {
    const size = 100_000;
    const set = vi.spyOn(Uint8Array.prototype, "set");
    await readBody(send(streamOf(split(new Uint8Array(size), 1))), size, never);
    const copied = set.mock.calls.reduce((sum, [bytes]) => sum + bytes.length, 0);
    expect(copied).toBeLessThan(4 * size);
  });
});

describe("the `content-length` header", () => {
  test.each(["0", "1", "9", "4096", "-5", "", "abc", "1e3", "10, 10", "NaN", "0x1"])(
    "changes nothing when it is %j",
    async (length) => {
      const request = send(streamOf(split(new TextEncoder().encode("0123456789"), 3)), {
        "content-length": length,
      });
      expect(new TextDecoder().decode(await read(request))).toBe("0123456789");
    },
  );

  test.each(["4097", "999999999999999999999", "1e9", "Infinity"])(
    "causes a refusal without reading when it is %s",
    async (length) => {
      const cancel = vi.fn();
      const pull = vi.fn();
      const stream = new ReadableStream<Uint8Array>({ pull, cancel }, { highWaterMark: 0 });
      const error = await rejectionOf(read(send(stream, { "content-length": length })));
      expect(error).toMatchObject(tooLarge);
      expect(cancel).toHaveBeenCalledOnce();
      expect(pull).not.toHaveBeenCalled();
    },
  );

  test("does not raise the limit", async () => {
    const request = send(streamOf(split(new Uint8Array(MAX + 1), 100)), { "content-length": "1" });
    expect(await rejectionOf(read(request))).toMatchObject(tooLarge);
  });
});

describe("a body that does not end normally", () => {
  test("is cancelled soon after the limit when it never ends", async () => {
    const cancel = vi.fn();
    let pulled = 0;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          pulled++;
          controller.enqueue(new Uint8Array(1_000));
        },
        cancel,
      },
      { highWaterMark: 0 },
    );
    expect(await rejectionOf(read(send(stream)))).toMatchObject(tooLarge);
    expect(cancel).toHaveBeenCalledOnce();
    expect(pulled).toBe(5);
  });

  test("is refused as incomplete when the stream fails", async () => {
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(Uint8Array.of(0x7b));
      },
      pull: (controller) => {
        controller.error(new Error("connection reset by 10.0.0.7"));
      },
    });
    const error = await rejectionOf(read(send(stream)));
    expect(error).toMatchObject({ code: "invalid_event", status: 400, expected: "complete" });
    expect(String(error)).not.toContain("10.0.0.7");
  });

  test("is refused even if it cannot be cancelled", async () => {
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(MAX + 1));
      },
      cancel: () => Promise.reject(new Error("cannot")),
    });
    expect(await rejectionOf(read(send(stream)))).toMatchObject(tooLarge);
  });

  test("is refused without waiting when cancelling it never ends", async () => {
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(MAX + 1));
      },
      cancel: () => never,
    });
    expect(await rejectionOf(read(send(stream)))).toMatchObject(tooLarge);
  });
});

describe("a body with a deadline", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });

  const late = { code: "invalid_event", status: 408, expected: "sent in time" };

  test.each([
    ["at once", 0],
    ["after some bytes", 3],
  ])("%s is refused and cancelled at the deadline", async (_name, count) => {
    const cancel = vi.fn();
    let left = count;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          if (left-- > 0) controller.enqueue(Uint8Array.of(0x7b));
          return left < 0 ? never : undefined;
        },
        cancel,
      },
      { highWaterMark: 0 },
    );
    const error = rejectionOf(readBody(send(stream), MAX, startTimer(8_000).up));
    await vi.advanceTimersByTimeAsync(7_999);
    expect(cancel).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await error).toMatchObject(late);
    expect(cancel).toHaveBeenCalledOnce();
  });

  test("is refused even if a byte arrives now and then", async () => {
    const stream = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          await startTimer(1_000).up;
          controller.enqueue(Uint8Array.of(0x20));
        },
      },
      { highWaterMark: 0 },
    );
    const error = rejectionOf(readBody(send(stream), MAX, startTimer(8_000).up));
    await vi.advanceTimersByTimeAsync(9_000);
    expect(await error).toMatchObject(late);
  });

  test("is unaffected by a deadline after its end", async () => {
    const { passed, open } = createGate();
    const body = await readBody(send("{}"), MAX, passed);
    open();
    await passed;
    expect(new TextDecoder().decode(body)).toBe("{}");
  });
});

function* split(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}
