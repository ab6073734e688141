import { describe, expect, it } from "vitest";
import { askAs } from "./ask.js";
import { createJudge, type JudgeOptions } from "./judge.js";

/** The ids of three posts; the second row is deleted before the third. */
async function idsOf(ids: JudgeOptions["ids"]): Promise<unknown[]> {
  const judge = createJudge({ ids: ids ?? "ascending" });
  const client = askAs("a", judge);
  await client.post();
  await client.post();
  const [first, second] = judge.rows();
  if (second) await client.remove(second.id);
  await client.post();
  const third = judge.rows().at(-1);
  return [first?.id, second?.id, third?.id];
}

describe("ids", () => {
  it("ascending: never uses an id twice", async () => {
    expect(await idsOf("ascending")).toEqual([1, 2, 3]);
  });

  it("descending", async () => {
    expect(await idsOf("descending")).toEqual([999_999, 999_998, 999_997]);
  });

  it("random: in no order", async () => {
    const [first, second, third] = await idsOf("random");
    expect(new Set([first, second, third]).size).toBe(3);
    expect(third).not.toBe(Number(second) + 1);
  });

  it("reused: uses the lowest free id", async () => {
    expect(await idsOf("reused")).toEqual([1, 2, 2]);
  });

  it("text: sends ids as JSON strings", async () => {
    const client = askAs("a", createJudge({ ids: "text" }));
    expect(await client.post()).toMatchObject({ body: { webhook_subscription: { id: "1" } } });
    expect(await client.put(1)).toMatchObject({ body: { webhook_subscription: { id: "1" } } });
    expect(await client.list()).toMatchObject([{ id: "1" }]);
  });
});
