import { spawnSync } from "node:child_process";
import { createHmac as startHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { isSigned } from "../../src/receiver/is-signed.js";
import { parseSignature } from "../../src/receiver/parse-signature.js";
import * as web from "../../src/receiver/runtime.js";
import * as node from "../../src/receiver/runtime.node.js";
import { createRandom } from "../support/random.js";

const RUNTIMES = { web, node };

const utf8 = new TextEncoder();
const repeat = (byte: number, count: number): Uint8Array => new Uint8Array(count).fill(byte);

/** The vectors of RFC 4231 whose keys are UTF-8, and bodies that decoding would damage. */
const VECTORS: readonly [secret: string, body: Uint8Array, digest: string][] = [
  [
    "\x0b".repeat(20),
    utf8.encode("Hi There"),
    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
  ],
  [
    "Jefe",
    utf8.encode("what do ya want for nothing?"),
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  ],
  [
    String.fromCharCode(...Array.from({ length: 25 }, (_, index) => index + 1)),
    repeat(0xcd, 50),
    "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
  ],
  ["s", Uint8Array.of(), "64eca07cce67929c357d63d0a4aec207e774800403298914fc04e88ce02ac49f"],
  ["s", Uint8Array.of(0xff), "42eb0ad7b56208f739fe3a622addd29defc6a58a3a8b50edda13dfb25274c51f"],
  [
    "s",
    Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d),
    "e5361c125b6f1f9d7f88e74760d5e3bd8177285788b25108b4ad978db32505bd",
  ],
  ["s", utf8.encode("{}\r\n"), "90f4bcbed721f8ae8fc8004f6850f055d06436f27c88ae1ce2d61d2d471d3d71"],
  [
    "ümläut 🔑",
    utf8.encode('{"text":"🏡👩‍👩‍👧"}'),
    "7d9cd9a42d717563345d890a8d1bc98f1d7f175a1d2950676e751e0ba35ba15e",
  ],
  [
    "k".repeat(200),
    repeat(0x61, 1_000),
    "c11eeb2a0a6dbf29c8199e5b2d124c61d8df5238c19bc8dac16f1588af9c68c2",
  ],
];

describe.each(Object.entries(RUNTIMES))("the %s runtime", (_name, { createHmac }) => {
  test.each(VECTORS)("returns the digest of vector %#", async (secret, body, digest) => {
    expect(await createHmac(secret)(body)).toBe(digest);
  });

  test("signs only the part of a buffer that is the body", async () => {
    const digest = await createHmac("s")(Uint8Array.of(1, 2, 3, 4).subarray(1, 3));
    expect(digest).toBe(await createHmac("s")(Uint8Array.of(2, 3)));
  });

  test("signs memory that is shared between threads", async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(2));
    shared.set([2, 3]);
    const digest = await createHmac("s")(shared);
    expect(digest).toBe(await createHmac("s")(Uint8Array.of(2, 3)));
  });
});

describe("work outlives its answer", () => {
  const PLATFORMS = [
    "AWS_LAMBDA_FUNCTION_NAME",
    "LAMBDA_TASK_ROOT",
    "VERCEL",
    "NETLIFY",
    "K_SERVICE",
    "FUNCTION_TARGET",
    "FUNCTIONS_WORKER_RUNTIME",
    "DENO_DEPLOYMENT_ID",
  ];

  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  /** Whether work outlives its answer, according to Node's runtime in this environment. */
  async function outlives(platform?: string): Promise<boolean> {
    for (const name of PLATFORMS) vi.stubEnv(name, name === platform ? "1" : undefined);
    vi.resetModules();
    const runtime = await import("../../src/receiver/runtime.node.js");
    return runtime.outlivesAnswer;
  }

  test("on Node", async () => {
    expect(await outlives()).toBe(true);
  });

  test.each(PLATFORMS)("not where %s says that the process is frozen", async (platform) => {
    expect(await outlives(platform)).toBe(false);
  });

  test("nowhere else", () => {
    expect(web.outlivesAnswer).toBe(false);
  });
});

describe("other implementations, where they are installed,", () => {
  test("agree on the vectors: Python's hmac", () => {
    const script = [
      "import hmac, json, sys",
      "for key, body in json.load(sys.stdin):",
      "    print(hmac.new(bytes.fromhex(key), bytes.fromhex(body), 'sha256').hexdigest())",
    ].join("\n");
    const input = VECTORS.map(([secret, body]) => [toHex(utf8.encode(secret)), toHex(body)]);
    const { error, stdout } = spawnSync("python3", ["-c", script], {
      input: JSON.stringify(input),
      encoding: "utf8",
    });
    const digests = error ? VECTORS.map(([, , digest]) => digest) : stdout.trim().split(/\s+/);
    expect(digests).toEqual(VECTORS.map(([, , digest]) => digest));
  });

  test("agree on the vectors of one secret: openssl", () => {
    const folder = mkdtempSync(join(tmpdir(), "vectors-"));
    const ofOneSecret = VECTORS.filter(([secret]) => secret === "s");
    const files = ofOneSecret.map(([, body], index) => {
      const file = join(folder, String(index));
      writeFileSync(file, body);
      return file;
    });
    const key = `hexkey:${toHex(utf8.encode("s"))}`;
    const { error, stdout } = spawnSync(
      "openssl",
      ["dgst", "-sha256", "-r", "-mac", "HMAC", "-macopt", key, ...files],
      { encoding: "utf8" },
    );
    rmSync(folder, { recursive: true });
    const expected = ofOneSecret.map(([, , digest]) => digest);
    expect(error ? expected : stdout.match(/^[0-9a-f]{64}/gm)).toEqual(expected);
  });
});

describe("both runtimes", () => {
  test("agree with a third implementation on 100,000 random headers and bodies", async () => {
    const random = createRandom(1);
    const secrets = ["s3cret", "ümläut 🔑", "x".repeat(100)];
    const nodeHmacs = secrets.map(node.createHmac);
    const webHmacs = secrets.map(web.createHmac);
    const seen = { accepted: 0, refused: 0, unreadable: 0 };

    for (let batch = 0; batch < 100; batch++) {
      const disagreements = await Promise.all(
        Array.from({ length: 1_000 }, async () => {
          const body = Uint8Array.from({ length: Math.floor(random() * 40) }, () => random() * 256);
          const which = Math.floor(random() * secrets.length);
          const digest = startHmac("sha256", secrets[which] ?? "")
            .update(body)
            .digest("hex");
          const header = disturb(`sha256=${digest}`, random);
          const isRight = header.slice(7).toLowerCase() === digest && header.startsWith("sha256=");
          const claimed = parseSignature(header);
          seen[claimed ? (isRight ? "accepted" : "refused") : "unreadable"]++;
          if (!claimed) return isRight ? [header] : [];
          const answers = await Promise.all([
            isSigned(body, claimed, nodeHmacs.slice(which, which + 1)),
            isSigned(body, claimed, webHmacs.slice(which, which + 1)),
          ]);
          return answers.every((answer) => answer === isRight) ? [] : [header];
        }),
      );
      expect(disagreements.flat()).toEqual([]);
    }
    // The test proves nothing if one of these cases never happens.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10_000);
  });
});

/** A header that is right, or nearly so. */
function disturb(header: string, random: () => number): string {
  const at = Math.floor(random() * header.length);
  const kind = Math.floor(random() * 10);
  if (kind < 3) return header;
  if (kind === 3) return `sha256=${header.slice(7).toUpperCase()}`;
  // Another digit, which is a readable signature unless it falls into the prefix.
  if (kind < 7) return header.slice(0, at) + hexDigit(random) + header.slice(at + 1);
  if (kind === 7) return header.slice(0, at) + header.slice(at + 1);
  if (kind === 8) return header.slice(0, at) + hexDigit(random) + header.slice(at);
  return header.slice(0, at) + String.fromCharCode(random() * 0x300) + header.slice(at + 1);
}

function hexDigit(random: () => number): string {
  return Math.floor(random() * 16).toString(16);
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
