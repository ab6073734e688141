import { describe, expect, it } from "vitest";
import { createFileWorld, type FileWorld } from "../file-world.js";

const A = "https://example.com/a";
const B = "https://example.com/b";

/** Duplicates and a contained subscription at one URL, an overlap at another. */
async function createDuplicates(): Promise<FileWorld> {
  const world = await createFileWorld();
  await world.give(
    { webhook_url: A, events: ["message.sent", "message.read"] },
    { webhook_url: A, events: ["message.sent", "message.read"] },
    { webhook_url: A, events: ["message.sent"] },
    { webhook_url: B, events: ["message.sent", "message.read"] },
    { webhook_url: B, events: ["message.read", "call.completed"] },
  );
  return world;
}

function idsOf({ sandbox }: FileWorld): number[] {
  return sandbox.subscriptions.map(({ id }) => id);
}

describe("duplicates", () => {
  it("says that no event is delivered more than once", async () => {
    const { run } = await createFileWorld();
    const stdout = "No event is delivered more than once.\n";
    expect(await run(["duplicates"])).toEqual({ code: 0, stdout, stderr: "" });
    expect(await run(["duplicates", "--remove"])).toEqual({ code: 0, stdout, stderr: "" });
    expect((await run(["duplicates", "--json"])).stdout).toBe('{"version":1,"groups":[]}\n');
  });

  it("prints each group, marks redundant subscriptions, and changes nothing", async () => {
    const world = await createDuplicates();
    const { code, stdout } = await world.run(["duplicates"]);
    expect(code).toBe(0);
    expect(stdout).toBe(`contained at ${A}: message.sent, message.read are delivered more than once
ID  EVENTS                      SECRET  LAST DELIVERY
 1  message.sent, message.read  no      never          needed
 2  message.sent, message.read  no      never          redundant
 3  message.sent                no      never          redundant

overlapping at ${B}: message.read is delivered more than once
ID  EVENTS                        SECRET  LAST DELIVERY
 4  message.sent, message.read    no      never          needed
 5  message.read, call.completed  no      never          needed

\`linq-webhooks duplicates --remove\` deletes the redundant subscriptions.
`);
    expect(idsOf(world)).toEqual([1, 2, 3, 4, 5]);
  });

  it("says why a subscription that seems redundant is needed", async () => {
    const { run, give } = await createFileWorld();
    const input = { webhook_url: A, events: ["message.sent"] } as const;
    await give(input, { ...input, secret: "s3ntinel one" });
    const { stdout } = await run(["duplicates"]);
    expect(stdout).toMatch(
      / 2 {2}message\.sent {2}yes .* needed\nwebhook subscription 2 has a secret and webhook subscription 1 has none/,
    );
    expect(stdout).not.toContain("--remove");
  });

  it("prints the groups as JSON with --json", async () => {
    const { run } = await createDuplicates();
    expect(JSON.parse((await run(["duplicates", "--json"])).stdout)).toMatchObject({
      version: 1,
      groups: [
        {
          kind: "contained",
          webhook_url: A,
          sharedEvents: ["message.sent", "message.read"],
          redundant: [2, 3],
        },
        { kind: "overlapping", webhook_url: B, redundant: [] },
      ],
    });
  });

  it("deletes the redundant subscriptions only after a yes", async () => {
    const world = await createDuplicates();
    const no = await world.run(["duplicates", "--remove"], { isTTY: true, stdin: ["n\n"] });
    expect(no.code).toBe(1);
    expect(no.stderr).toContain("Delete subscriptions 2, 3? [y/N] ");
    expect(idsOf(world)).toEqual([1, 2, 3, 4, 5]);
    const yes = await world.run(["duplicates", "--remove"], { isTTY: true, stdin: ["y\n"] });
    expect(yes.code).toBe(0);
    expect(yes.stdout).toContain("Deleted subscriptions 2, 3.");
    expect(idsOf(world)).toEqual([1, 4, 5]);
  });

  it("deletes nothing without a terminal unless --yes is given", async () => {
    const world = await createDuplicates();
    expect((await world.run(["duplicates", "--remove"])).code).toBe(1);
    expect(idsOf(world)).toEqual([1, 2, 3, 4, 5]);
    const { code, stdout } = await world.run(["duplicates", "--remove", "--yes", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      removed: [{ id: 2 }, { id: 3 }],
      remaining: [{ kind: "overlapping", subscriptions: [{ id: 4 }, { id: 5 }] }],
    });
    expect(idsOf(world)).toEqual([1, 4, 5]);
    expect((await world.run(["duplicates", "--remove"])).stdout).toContain(
      "Each subscription delivers an event that no lower id delivers, so nothing was deleted.",
    );
  });
});
