import { beforeAll, describe, expect, test } from "vitest";
import { body, components, operation, page, PET, petDocument, ref } from "../pages.js";
import { createProject, type Outcome, type Project } from "../project.js";
import { copyProject, VENDOR_PAGE } from "../vendor-project.js";

const ADDED = petDocument({ paths: { "/pets": { post: operation("addPet") } } });
const BROKEN = petDocument({
  paths: { "/dogs": { get: operation("listDogs", { schema: ref("Dog") }) } },
});
const GONE = petDocument({ paths: { "/owners": { get: operation("listOwners") } } });
const pets = (changes = {}): string => page(petDocument(changes));

/** A project whose spec/ is committed. */
async function committed(files: Record<string, string>): Promise<Project> {
  const project = await createProject(files);
  project.commit();
  return project;
}

describe("the report of the command", () => {
  test("compares with the last commit, and repeats the changes until the next one", async () => {
    const project = await committed({ "spec/a.md": pets() });
    const first = await project.generate();
    expect(first.stdout).toMatch(/^No change in the API since the last commit\.\n/);
    await project.write({ "spec/b.md": page(ADDED) });
    for (const time of ["once", "twice"]) {
      const { code, stdout } = await project.generate();
      expect(code, time).toBe(0);
      expect(stdout).toContain("Changes in the API since the last commit:\n");
      expect(stdout).toContain("POST /pets");
    }
    project.commit();
    const { stdout } = await project.generate();
    expect(stdout).toBe(
      "No change in the API since the last commit.\ngenerated/ is up to date.\n2 pages, 2 documents, 2 operations.\n",
    );
  });

  test("includes uncommitted changes even if nothing in generated/ has changed", async () => {
    const project = await committed({ "spec/a.md": pets() });
    await project.write({ "spec/b.md": page(ADDED) });
    await project.generate();
    await project.remove("spec/b.md");
    await project.generate();
    await project.write({ "spec/b.md": page(ADDED) });
    expect((await project.generate("--check")).stdout).toContain("POST /pets");
  });

  test("is printed even if a later step fails", async () => {
    const project = await committed({ "spec/a.md": pets() });
    await project.write({ "spec/b.md": page(BROKEN) });
    const { code, stdout, stderr } = await project.generate();
    expect(code).toBe(1);
    expect(stdout).toContain("GET /dogs");
    expect(stderr).toContain('the $ref "#/components/schemas/Dog" has no target');
    expect(await project.generated()).toEqual({});
  });

  test("is about the vendor's pages, whatever the overlay adds to them", async () => {
    const action = { target: "$.components.schemas.Pet", update: { required: ["name"] } };
    const overlay = {
      overlay: "1.0.0",
      info: { title: "More", version: "1" },
      actions: [{ description: "It is always there.", ...action }],
    };
    const project = await committed({ "spec/a.md": pets() });
    await project.write({ "spec/overlay.json": JSON.stringify(overlay) });
    expect((await project.generate()).stdout).toMatch(
      /^No change in the API since the last commit/,
    );
    const changed = { ...PET, required: ["id", "name"] };
    await project.write({ "spec/a.md": pets({ components: components({ Pet: changed }) }) });
    expect((await project.generate()).stdout).toContain("Pet.name");
  });

  test("ignores a reworded summary of an operation that the overlay names", async () => {
    const paths = (summary: string): object => ({
      paths: { "/pets": { get: { ...operation(""), operationId: undefined, summary } } },
    });
    const overlay = {
      overlay: "1.0.0",
      info: { title: "Names", version: "1" },
      actions: [
        { description: "So.", target: "$.paths['/pets'].get", update: { operationId: "listPets" } },
      ],
    };
    const project = await committed({
      "spec/a.md": pets(paths("List pets")),
      "spec/overlay.json": JSON.stringify(overlay),
    });
    await project.write({ "spec/a.md": pets(paths("Show all pets")) });
    const { stdout } = await project.generate();
    expect(stdout).not.toContain("showAllPets");
    await project.remove("spec/overlay.json");
    expect((await project.generate()).stdout).toContain("showAllPets");
  });

  test("includes deliveries", async () => {
    const events = (type: string): string =>
      JSON.stringify({
        openapi: "3.1.0",
        info: { title: "Deliveries", version: "1" },
        webhooks: {
          "pet.born": {
            post: {
              requestBody: body({ type: "object", properties: { weight: { type } } }),
              responses: { "200": { description: "Taken" } },
            },
          },
        },
      });
    const files = { "spec/a.md": pets(), "spec/webhook-events.json": events("integer") };
    const project = await committed(files);
    await project.write({ "spec/webhook-events.json": events("string") });
    const { stdout } = await project.generate();
    expect(stdout).toMatch(/breaking +changed +.*weight: .*integer.*string/);
  });

  test("reports that a description of deliveries was removed", async () => {
    const events = {
      openapi: "3.1.0",
      info: { title: "Deliveries", version: "1" },
      webhooks: { "pet.born": { post: { responses: { "200": { description: "Taken" } } } } },
    };
    const files = { "spec/a.md": pets(), "spec/webhook-events.json": JSON.stringify(events) };
    const project = await committed(files);
    await project.remove("spec/webhook-events.json");
    const { code, stdout } = await project.generate("--fail-on-breaking");
    expect({ code, stdout }).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/breaking +removed +.*pet\.born/) as unknown,
    });
  });

  test("includes a page that git ignores", async () => {
    const project = await committed({ "spec/a.md": pets(), ".gitignore": "spec/b.md\n" });
    await project.write({ "spec/b.md": page(ADDED) });
    await project.generate();
    expect((await project.generate()).stdout).toContain("POST /pets");
  });

  test.each<[string, (project: Project) => Promise<void>, string]>([
    ["no repository", () => Promise.resolve(), "this folder has no git commit"],
    [
      "no spec/ in the commit",
      async (project) => {
        await project.write({ "a.txt": "" });
        project.commit();
        await project.write({ "spec/a.md": pets() });
      },
      "spec/ has not been committed yet",
    ],
    [
      "a commit that cannot be read",
      async (project) => {
        await project.write({ "spec/b.md": "# Words" });
        project.commit();
        await project.remove("spec/b.md");
        await project.write({ "spec/a.md": pets() });
      },
      "the spec/ of the last commit has a problem (spec/b.md has no OpenAPI document",
    ],
  ])("has nothing to compare with if there is %s", async (_, prepare, reason) => {
    const project = await createProject({});
    await prepare(project);
    await project.write({ "spec/a.md": pets() });
    const { code, stdout } = await project.generate();
    expect(code).toBe(0);
    expect(stdout).toContain(`Cannot compare the API with an earlier state: ${reason}`);
  });

  describe("with --base", () => {
    let outcome: Outcome;

    beforeAll(async () => {
      const project = await createProject({
        "spec/a.md": pets(),
        "old.json": JSON.stringify(GONE),
      });
      outcome = await project.generate("--base", "old.json");
    });

    test("compares with that file", () => {
      expect(outcome).toMatchObject({ code: 0, stderr: "" });
      expect(outcome.stdout).toContain("Changes in the API since old.json:\n");
      expect(outcome.stdout).toContain("GET /owners");
    });
  });

  test.each([
    [
      "gone.json",
      "generate: --base gone.json cannot be read: give the path of a page or OpenAPI document.\n",
    ],
    ["bad.json", "generate: bad.json is not JSON: expected a JSON value"],
  ])("names a --base that cannot be read: %s", async (name, message) => {
    const project = await createProject({ "spec/a.md": pets(), "bad.json": "" });
    const { code, stderr } = await project.generate("--base", name);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });
});

describe("a change of the vendor's page", () => {
  const CREATE_AND_UPDATE = "createWebhookSubscription, updateWebhookSubscription";
  const ANSWERS =
    "createWebhookSubscription 201, listWebhookSubscriptions 200, updateWebhookSubscription 200";
  let outcome: Outcome;

  beforeAll(async () => {
    const project = await copyProject();
    project.commit();
    const before = await project.read(VENDOR_PAGE);
    const overlay = (await project.read("spec/overlay.json")).replace(
      /\{\s*"target": "[^"]*\.delete",[^}]*\}\s*\},/,
      "",
    );
    await project.write({
      "spec/overlay.json": overlay,
      [VENDOR_PAGE]: before
        .slice(0, before.indexOf("## Delete"))
        .replaceAll('"message.read",', '"location.shared",')
        .replaceAll(/"delivery_attempts":\{[^}]*\},/g, "")
        .replaceAll('{"id":{"type":"integer"}', '{"id":{"type":"string"}')
        .replaceAll('["webhook_url",', '["region","webhook_url",')
        .replaceAll('"secret":{', '"region":{"type":"string"},"secret":{'),
    });
    outcome = await project.generate();
  });

  test.each([
    [
      "an added event",
      `compatible  added    WebhookSubscriptionInput.events[]: value "location.shared"  (${CREATE_AND_UPDATE})`,
    ],
    [
      "a removed event",
      `breaking    removed  WebhookSubscriptionInput.events[]: value "message.read"  (${CREATE_AND_UPDATE})`,
    ],
    ["a removed field", `breaking    removed  WebhookSubscription.delivery_attempts  (${ANSWERS})`],
    [
      "an integer that became a string",
      `breaking    changed  WebhookSubscription.id: was integer, is now string  (${ANSWERS})`,
    ],
    [
      "a new required input field",
      `breaking    added    WebhookSubscriptionInput.region: required  (${CREATE_AND_UPDATE})`,
    ],
    [
      "an operation that is gone",
      "breaking    removed  DELETE /api/partner/v2/webhook_subscriptions/{webhook_subscription_id}",
    ],
    ["how many there are", "5 breaking, 1 compatible."],
    [
      "an event without a schema",
      'note: spec/webhook-events.json does not describe "location.shared".',
    ],
  ])("is reported: %s", (_, line) => {
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    expect(outcome.stdout.split("\n")).toContain(line);
  });
});

describe("--fail-on-breaking", () => {
  test("exits with 3, and still writes the files", async () => {
    const project = await createProject({ "spec/a.md": pets(), "old.json": JSON.stringify(GONE) });
    const { code } = await project.generate("--base", "old.json", "--fail-on-breaking");
    expect(code).toBe(3);
    expect(Object.keys(await project.generated())).toContain("openapi.ts");
  });

  test("exits with 1 if there is nothing to compare with", async () => {
    const project = await createProject({ "spec/a.md": pets() });
    expect(await project.generate("--fail-on-breaking")).toMatchObject({ code: 1 });
    expect(JSON.parse((await project.generate("--json")).stdout)).toMatchObject({
      reason: "this folder has no git commit",
      changes: [],
    });
  });

  test("exits with 0 if nothing breaks, and with 1 if a file is stale", async () => {
    const project = await committed({ "spec/a.md": pets(), "old.json": JSON.stringify(GONE) });
    expect(await project.generate("--fail-on-breaking")).toMatchObject({ code: 0 });
    await project.write({ "generated/constants.ts": "edited" });
    const outcome = await project.generate("--check", "--fail-on-breaking", "--base", "old.json");
    expect(outcome.code).toBe(1);
  });
});

describe("--json", () => {
  test("prints one document with the changes, the files and the notes", async () => {
    const project = await createProject({ "spec/a.md": pets(), "old.json": JSON.stringify(GONE) });
    const { code, stdout } = await project.generate("--json", "--base", "old.json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      base: "old.json",
      breaking: 1,
      compatible: 1,
      changes: [{ level: "breaking" }, { level: "compatible" }],
      summary: "1 page, 1 document, 1 operation.",
      problems: [],
      files: { missing: expect.arrayContaining(["openapi.ts"]) as unknown },
    });
  });

  test("prints the problems together with the changes that were found before them", async () => {
    const project = await createProject({
      "spec/a.md": pets(),
      "spec/b.md": page(BROKEN),
      "old.json": JSON.stringify(GONE),
    });
    const { code, stdout, stderr } = await project.generate("--json", "--base", "old.json");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      breaking: 1,
      problems: [expect.stringContaining('"#/components/schemas/Dog" has no target')] as unknown,
    });
  });
});
