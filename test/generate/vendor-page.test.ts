import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { objectAt, parseJson } from "../../scripts/generate/json.js";
import { BASE_URL, EVENT_NAMES, TOKEN_HEADER } from "../../generated/constants.js";
import { REPOSITORY } from "./project.js";
import { operation, page, ref } from "./pages.js";
import { copyProject, VENDOR_PAGE } from "./vendor-project.js";

const read = (name: string): Promise<string> => readFile(join(REPOSITORY, name), "utf8");

test("the vendor's page is stored byte for byte", async () => {
  const bytes = await readFile(join(REPOSITORY, VENDOR_PAGE));
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(
    "d6bcc9664dde80ed5a59ec2151abf24b7739cd10deed88c48f68c86f42daac31",
  );
});

test("the committed files are what the command generates from it", async () => {
  const project = await copyProject();
  expect(await project.generate("--check")).toEqual({
    code: 0,
    stdout: expect.stringContaining("generated/ is up to date.\n") as unknown,
    stderr: "",
  });
});

test("the constants are those of the page", () => {
  expect({ BASE_URL, TOKEN_HEADER }).toEqual({
    BASE_URL: "https://api.linqapp.com",
    TOKEN_HEADER: "X-LINQ-INTEGRATION-TOKEN",
  });
  expect(EVENT_NAMES).toHaveLength(13);
  expect(EVENT_NAMES[0]).toBe("message.sent");
});

test("every event, and nothing else, has a schema of its deliveries", async () => {
  const webhooks = objectAt(parseJson(await read("spec/webhook-events.json")), "webhooks");
  expect(Object.keys(webhooks)).toEqual([...EVENT_NAMES]);
});

test("the validators need no package at run time, and no eval", async () => {
  const { metafile, outputFiles } = await build({
    entryPoints: [join(REPOSITORY, "generated/operations.ts")],
    ...{ bundle: true, write: false, metafile: true, platform: "browser", format: "esm" },
    logLevel: "silent",
  });
  const inputs = Object.keys(metafile.inputs).map((name) => name.replace(/.*generated\//, ""));
  expect(inputs.sort()).toEqual(["operations.ts", "validators.ts"]);
  expect(outputFiles[0]?.text).not.toMatch(/\b(?:eval|require|Function)\s*\(/);
});

test("an error that another page documents wins over ours, and a new operation inherits ours", async () => {
  const project = await copyProject();
  const theirs = {
    type: "object",
    required: ["reason"],
    properties: { reason: { type: "string" } },
  };
  const content = { "application/json": { schema: ref("ErrorResponse") } };
  const failed = { description: "Not done", content };
  const own = operation("listChats");
  await project.write({
    "spec/chats.md": page({
      openapi: "3.0.3",
      info: { title: "Linq Partner API", version: "2.0.0" },
      servers: [{ url: "https://api.linqapp.com" }],
      components: { schemas: { ErrorResponse: theirs } },
      paths: {
        "/api/partner/v2/chats": {
          get: { ...own, responses: { ...objectAt(own, "responses"), default: failed } },
          post: operation("createChat"),
        },
      },
    }),
  });
  expect(await project.generate()).toMatchObject({ code: 0, stderr: "" });
  const document = parseJson(await project.read("generated/openapi.json"));
  expect(document).toMatchObject({
    components: { schemas: { ErrorResponse: theirs, ErrorMessage: {} } },
    paths: {
      "/api/partner/v2/chats": {
        get: { responses: { default: failed } },
        post: { responses: { default: { $ref: "#/components/responses/Error" } } },
      },
    },
  });
});
