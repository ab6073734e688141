import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure, type Timing } from "./measure.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PAGES = 300;

/** A reference of 300 pages with six operations each, and one shared error response. */
export async function benchReference(): Promise<Record<string, Timing[]>> {
  const folder = mkdtempSync(join(tmpdir(), "linq-webhooks-bench-"));
  try {
    mkdirSync(join(folder, "spec"));
    for (let index = 0; index < PAGES; index++) {
      const document = JSON.stringify(referenceDocument(`resource_${index}`));
      writeFileSync(
        join(folder, `spec/page-${index}.md`),
        `# Page\n\n\`\`\`json\n${document}\n\`\`\`\n`,
      );
    }
    const run = (...args: string[]): void => {
      execFileSync(process.execPath, args, { cwd: folder, stdio: "ignore" });
    };
    // The peer needs the merged document, which the first run writes.
    run(`${ROOT}scripts/generate.js`);
    const openapiTypescript = `${ROOT}node_modules/openapi-typescript/bin/cli.js`;
    return {
      [`${PAGES} pages`]: await measure(
        {
          "openapi-typescript, the merged document": () => {
            run(openapiTypescript, "generated/openapi.json", "--output", "openapi.ts");
          },
          "npm run generate -- --check": () => {
            run(`${ROOT}scripts/generate.js`, "--check");
          },
        },
        1,
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function referenceDocument(name: string): object {
  const schema = { $ref: `#/components/schemas/${name}` };
  const content = { "application/json": { schema } };
  const answers = {
    "200": { description: "Done", content },
    default: { $ref: "#/components/responses/Error" },
  };
  const id = { name: "id", in: "path", required: true, schema: { type: "integer" } };
  const operation = (summary: string, more = {}): object => ({
    summary,
    responses: answers,
    ...more,
  });
  const requestBody = { required: true, content };
  return {
    openapi: "3.0.3",
    info: { title: "Reference", version: "1" },
    servers: [{ url: "https://api.example" }],
    components: {
      schemas: {
        [name]: {
          type: "object",
          required: ["id", "name"],
          properties: {
            id: { type: "integer", readOnly: true },
            name: { type: "string", description: "What people call it." },
            kind: { type: "string", enum: ["person", "group"], nullable: true },
            parent: schema,
            at: { type: "string", format: "date-time" },
          },
        },
        Error: {
          type: "object",
          properties: { errors: { type: "array", items: { type: "string" } } },
        },
      },
      responses: {
        Error: {
          description: "Not done",
          content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
        },
      },
    },
    paths: {
      [`/${name}`]: {
        get: operation(`List ${name}`),
        post: operation(`Create ${name}`, { requestBody }),
      },
      [`/${name}/{id}`]: {
        parameters: [id],
        get: operation(`Get ${name}`),
        put: operation(`Update ${name}`, { requestBody }),
        delete: operation(`Delete ${name}`),
      },
      [`/${name}/{id}/copy`]: { parameters: [id], post: operation(`Copy ${name}`) },
    },
  };
}
