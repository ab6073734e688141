import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { operation, page, petDocument } from "./pages.js";
import { createProject } from "./project.js";

test("--watch runs again on every save, survives a broken one, and ends on SIGINT", async () => {
  const project = await createProject({ "spec/a.md": page(petDocument()) });
  project.commit();
  const child = project.start("--watch");
  const closed = once(child, "close");
  const output = expectLines(child.stdout);
  const errors = expectLines(child.stderr);

  await output.until("Watching spec/");
  expect(await project.read("generated/operations.ts")).toContain("listPets");

  await project.write({ "spec/b.md": '```json\n{"openapi":"3.0.3"\n```\n' });
  await errors.until("generate: spec/b.md:1 is not JSON: ");
  await output.until("Watching spec/");

  const added = petDocument({ paths: { "/pets": { post: operation("addPet") } } });
  await project.write({ "spec/b.md": page(added) });
  expect(await output.until("Watching spec/")).toContainEqual(
    expect.stringContaining("POST /pets"),
  );
  expect(await project.read("generated/operations.ts")).toContain("addPet");

  // A run reports the changes of earlier runs again until somebody commits them.
  const more = petDocument({ paths: { "/owners": { get: operation("listOwners") } } });
  await project.write({ "spec/deep/c.json": JSON.stringify(more) });
  const lines = await output.until("Watching spec/");
  expect(lines).toContainEqual(expect.stringContaining("POST /pets"));
  expect(lines).toContainEqual(expect.stringContaining("GET /owners"));

  child.kill("SIGINT");
  expect(await closed).toEqual([0, null]);
});

/** Reads the lines of a stream up to the one that begins with a text, and returns them. */
function expectLines(stream: NodeJS.ReadableStream | null): {
  until: (start: string) => Promise<string[]>;
} {
  if (!stream) throw new Error("The command has no output to listen to.");
  const lines = createInterface({ input: stream })[Symbol.asyncIterator]();
  const until = async (start: string): Promise<string[]> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`The output ended before a line with "${start}".`);
    return line.value.startsWith(start) ? [line.value] : [line.value, ...(await until(start))];
  };
  return { until };
}
