import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyRepository, type RepositoryCopy } from "./repository-copy.js";
import { VENDOR_CHANGES } from "./vendor-changes.js";
import { VENDOR_PROGRAM } from "./vendor-program.js";
import { VENDOR_PAGE } from "./vendor-project.js";

let copy: RepositoryCopy;
let env: Readonly<Record<string, string>>;

/** What the run prints, and the files that the compiler names, by the names of the changes. */
const reports = new Map<string, string>();
const named = new Map<string, string[]>();

/** How the check of the untouched copy ended. */
let checked: number | null;

/** What the program has seen. */
let seen: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  copy = copyRepository();
  checked = copy.check();
  for (const { name, page, pages, edits } of VENDOR_CHANGES) {
    for (const replacement of page) copy.replace(VENDOR_PAGE, replacement);
    for (const [file, text] of Object.entries(pages)) copy.write(file, text);
    reports.set(name, copy.generate());
    named.set(name, copy.compile());
    for (const [file, replacements] of Object.entries(edits)) {
      for (const replacement of replacements) copy.replace(file, replacement);
    }
  }
  copy.write("scripts/vendor-program.ts", VENDOR_PROGRAM);
  env = { LINQ_BASE_URL: await copy.serve(), LINQ_INTEGRATION_TOKEN: "any-token" };
  const { stdout, stderr } = copy.run("scripts/vendor-program.ts", env);
  expect(stderr).toBe("");
  seen = JSON.parse(stdout) as typeof seen; // It prints an object.
});

afterAll(() => {
  copy.remove();
});

it("the copy, whose node_modules is elsewhere, generates the same bytes", () => {
  expect(checked).toBe(0);
});

it.each(VENDOR_CHANGES)(
  "the compiler names every place that must know of $name, and no other",
  ({ name, named: expected }) => {
    expect(named.get(name)).toEqual(expected);
  },
);

it.each(VENDOR_CHANGES)("the run reports $name", ({ name, reported }) => {
  expect(reports.get(name)).toContain(reported);
});

it("a program that uses all changes typechecks once the maintainer has made the edits", () => {
  expect(copy.compile()).toEqual([]);
});

describe("an event", () => {
  it("is known, and reaches its handler", () => {
    expect(seen).toMatchObject({ knows: true, handled: ["edited-one"] });
  });
});

describe("a field of answers", () => {
  it("is read, and shown", () => {
    expect(seen).toMatchObject({
      created: { paused_reason: null },
      paused: { paused_reason: "by its owner" },
    });
  });
});

describe("a field of inputs", () => {
  it("is sent by create, and kept by an update of another field", () => {
    expect(seen).toMatchObject({
      created: { label: "blue", region: "us" },
      paused: { label: "blue", region: "us", active: false },
      renamed: { label: "green", region: "us", active: true },
      plain: { label: null, active: false },
    });
  });

  it("is refused if it has another type, or is an unset variable", () => {
    expect(seen).toMatchObject({
      refused: "`label` must be a text",
      unset: "`label` must be a text",
    });
  });

  it("is written once by ensure if it differs", () => {
    expect(seen).toMatchObject({
      ensured: ["updated", [["red", "eu"]]],
      ensuredAgain: ["unchanged", [["red", "eu"]]],
    });
  });

  it("is kept by a duplicate that loses some of its events", () => {
    expect(seen).toMatchObject({ trimmed: [["message.sent"], "duplicate"] });
  });

  it("is a change in a plan, and kept if an entry omits it", () => {
    const change = { field: "label", from: "one", to: "two" };
    expect(seen).toMatchObject({
      synced: [
        [["create"], []],
        [["keep"], []],
      ],
      syncedAgain: [
        [["update", change], []],
        [["keep"], []],
      ],
      carriedOn: ["two"],
    });
  });

  it("has an option on the command line, for create, ensure and update", () => {
    const { create, ensure, update } = {
      create: ["create", "--url=https://example.com/d", "--event=message.sent", "--label=four"],
      ensure: ["ensure", "--url=https://example.com/d", "--event=message.sent", "--label=five"],
      update: ["update", "1", "--retries=many", "--yes"],
    };
    expect(cli(create)).toMatchObject({ subscription: { label: "four", region: "us" } });
    expect(cli(ensure)).toMatchObject({ subscriptions: [{ label: "five", region: "us" }] });
    expect(cli(update)).toMatchObject({ subscription: { label: "red", region: "eu" } });
  });

  it("has its values checked on the command line", () => {
    const { stderr } = copy.linqWebhooks(["update", "1", "--retries=none", "--yes"], env);
    expect(stderr).toBe('error: --retries must be "few" or "many"\n');
  });

  it("is in linq-webhooks.json, and in its schema", () => {
    copy.write("linq-webhooks.json", JSON.stringify(configOf({ label: "six", retries: "few" })));
    expect(cli(["apply", "--yes"])).toMatchObject({ summary: { done: 1, failed: 0 } });
    const list = cli(["list"]);
    expect(list).toMatchObject({
      subscriptions: expect.arrayContaining([
        expect.objectContaining({ webhook_url: "https://example.com/e", label: "six" }),
      ]) as unknown,
    });
    copy.write("linq-webhooks.json", JSON.stringify(configOf({ label: 6, retries: "none" })));
    expect(copy.linqWebhooks(["plan"], env).stderr).toMatch(
      /subscriptions\[0\]\.label: must be string\n.*subscriptions\[0\]\.retries: must be one of "few", "many"\n$/,
    );
  });

  it("is restored in a sandbox that starts with a list", async () => {
    const { stdout } = copy.linqWebhooks(["list", "--json"], env);
    copy.write("seed.json", stdout);
    const url = await copy.serve("--seed=seed.json");
    const { subscriptions } = cli(["list"], url) as { subscriptions: { label: unknown }[] };
    expect(subscriptions.map(({ label }) => label)).toEqual(expect.arrayContaining(["six", null]));
  });
});

describe("an operation on webhook subscriptions", () => {
  it("is typed, and carried out by the sandbox", () => {
    expect(seen["found"]).toBe("green");
  });
});

describe("operations of other pages", () => {
  it("are typed, and answered with 501 by the sandbox, which names them", () => {
    expect(seen["foreign"]).toEqual(
      ["listChats", "getContact", "listLog"].map((id): unknown => [
        501,
        expect.objectContaining({
          error_code: "not_implemented",
          message: expect.stringMatching(
            `^The sandbox does not imitate ${id} \\(GET /api/`,
          ) as unknown,
        }),
      ]),
    );
  });
});

/** What a command prints as JSON. */
function cli(args: readonly string[], url = env["LINQ_BASE_URL"] ?? ""): unknown {
  const { stdout, stderr } = copy.linqWebhooks([...args, "--json"], { ...env, LINQ_BASE_URL: url });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as unknown;
}

function configOf(fields: object): object {
  const entry = { webhook_url: "https://example.com/e", events: ["message.sent"], ...fields };
  return { subscriptions: [entry] };
}
