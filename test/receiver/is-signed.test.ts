import { describe, expect, test, vi } from "vitest";
import { isSigned } from "../../src/receiver/is-signed.js";
import { parseSignature } from "../../src/receiver/parse-signature.js";
import { signatureOf } from "./delivery.js";

describe("isSigned", () => {
  const [matching, different] = ["01".repeat(32), "02".repeat(32)];
  const late = `${matching.slice(0, 63)}2`;
  const early = `2${matching.slice(1)}`;

  test.each([
    ["the first secret matches", [matching, different, different], true],
    ["the last secret matches", [different, different, matching], true],
    ["all secrets match", [matching, matching, matching], true],
    ["none matches", [different, different, different], false],
    ["only the first digits differ", [early, early, early], false],
    ["only the last digits differ", [late, late, late], false],
  ])("compares every digit for every secret when %s", async (_name, digests, answer) => {
    const asked: number[] = [];
    const hmacs = digests.map((value, index) => () => {
      asked.push(index);
      return value;
    });
    const look = vi.spyOn(String.prototype, "charCodeAt");
    const isRight = await isSigned(Uint8Array.of(), matching, hmacs);
    const looks = look.mock.calls.map(([index], nth) => [String(look.mock.contexts[nth]), index]);
    look.mockRestore();
    expect(isRight).toBe(answer);
    expect(asked).toEqual([0, 1, 2]);
    const each = Array.from({ length: 64 }, (_, index) => index);
    expect(looks).toEqual(
      digests.flatMap((digest) =>
        each.flatMap((index) => [
          [digest, index],
          [matching, index],
        ]),
      ),
    );
  });

  test("tries every secret when some of them answer later", async () => {
    const hmacs = [() => different, () => Promise.resolve(matching), () => different];
    expect(await isSigned(Uint8Array.of(), matching, hmacs)).toBe(true);
    expect(await isSigned(Uint8Array.of(), late, hmacs)).toBe(false);
  });

  test("is false for a claim of another length", async () => {
    for (const claimed of ["", matching.slice(1), `${matching}0`]) {
      expect(await isSigned(Uint8Array.of(), claimed, [() => matching])).toBe(false);
    }
  });

  test("is false without secrets", async () => {
    const claimed = parseSignature(signatureOf("{}")) ?? matching;
    expect(await isSigned(Uint8Array.of(), claimed, [])).toBe(false);
  });

  test("is false unless every digit is right", async () => {
    for (let index = 0; index < 64; index++) {
      for (const digit of "0123456789abcdef") {
        const claimed = matching.slice(0, index) + digit + matching.slice(index + 1);
        const isRight = await isSigned(Uint8Array.of(), claimed, [() => matching]);
        expect(isRight).toBe(claimed === matching);
      }
    }
  });
});
