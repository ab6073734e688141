import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signBody } from "../../src/receiver/index.js";
import { startProgram } from "../frameworks/start-program.js";
import { bundleProgram } from "../support/bundle-program.js";
import { type Consumer, installPackedPackage } from "../support/packed-package.js";
import { readPrograms } from "../support/manual-programs.js";

/** What a program prints by its comments: `console.log(…); // this`, where … stands for anything. */
function expectedOutput(code: string): RegExp {
  const lines = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text = ""]) =>
    text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("…", ".*"),
  );
  return new RegExp(lines.join("[^]*"));
}

const RECEIVER = "// receiver.mjs";
const TRACED = "// traced.mjs";
/** A module for other programs, with its name in the first line. */
const MODULE = /^\/\/ \S+\.mjs\n/;
/** A program for a framework that is not installed here; `npm run test:tools` compiles and runs it. */
const NEST = 'from "@nestjs/';

const programs = readPrograms();
const jsPrograms = programs.filter(({ lang }) => lang === "js");
const receiver = jsPrograms.find(({ code }) => code.startsWith(RECEIVER));
/** Programs that take deliveries: they run until they are stopped, or only export a function. */
const servers = jsPrograms.filter(({ code }) => /from "\.\/receiver\.mjs"|\.listen\(/.test(code));
/** Programs that do their work and end. */
const finite = jsPrograms.filter(
  (program) => !servers.includes(program) && !MODULE.test(program.code),
);
let consumer: Consumer;

/** What the handler of the traced receiver calls, as a database with spans of its own would be. */
const SAVE = `
  import { trace } from "@opentelemetry/api";
  export async function save({ text }) {
    await Promise.resolve();
    trace.getTracer("database").startSpan("insert").end();
    if (text === "broken") throw new Error("the disk is full");
  }`;

/** Delivers to the traced receiver, and prints the spans that have ended. */
const TRACE = `
  import { SpanKind } from "@opentelemetry/api";
  import * as sdk from "@opentelemetry/sdk-trace-node";
  import { signBody } from "linq-webhooks/receiver";
  import { createEvent } from "linq-webhooks/sandbox";

  const exporter = new sdk.InMemorySpanExporter();
  const spanProcessors = [new sdk.SimpleSpanProcessor(exporter)];
  new sdk.NodeTracerProvider({ spanProcessors }).register();
  const secret = (process.env.LINQ_WEBHOOK_SECRET = "a secret of our own");
  console.warn = console.error = () => undefined;
  const { handle } = await import("./traced.mjs");

  const send = async (text, secret) => {
    const body = JSON.stringify(createEvent("message.received", { text }));
    const headers = secret ? { "X-Webhook-Signature": await signBody(body, secret) } : {};
    await handle(new Request("http://localhost/hook", { method: "POST", headers, body }));
  };
  await send("Hello!", secret);
  await send("unsigned");
  await send("broken", secret);

  const spans = exporter.getFinishedSpans();
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  console.log(JSON.stringify(spans.map((span) => ({
    name: span.name,
    kind: SpanKind[span.kind],
    parent: names.get(span.parentSpanContext?.spanId),
    status: span.status.code,
    events: span.events.length,
    ...span.attributes,
  }))));`;

beforeAll(async () => {
  consumer = await installPackedPackage();
  await consumer.write("receiver.mjs", receiver?.code ?? "");
});

afterAll(async () => {
  await consumer.remove();
});

describe("the manuals, on the packed package", () => {
  it("have programs in both languages", () => {
    expect(new Set(programs.map(({ lang }) => lang))).toEqual(new Set(["js", "ts"]));
  });

  it.each(finite)("run and print what they say: $manual, $heading", async ({ code }) => {
    const name = /\brequire\(/.test(code) ? "program.cjs" : "program.mjs";
    await consumer.write(name, code);
    const { stdout, stderr } = await consumer.run(name);
    expect(stdout).toMatch(expectedOutput(code));
    expect(stderr).toBe("");
  });

  it("trace deliveries with OpenTelemetry, and what handlers do in them", async () => {
    const traced = jsPrograms.find(({ code }) => code.startsWith(TRACED));
    await consumer.write("traced.mjs", traced?.code ?? "");
    await consumer.write("save.mjs", SAVE);
    await consumer.write("program.mjs", TRACE);
    const { stdout } = await consumer.run("program.mjs");
    const attributes = {
      "http.response.status_code": 200,
      "linq.outcome": "handled",
      "linq.event_type": "message.received",
    };
    expect(JSON.parse(stdout)).toEqual([
      { name: "insert", kind: "INTERNAL", parent: "linq delivery", status: 0, events: 0 },
      { name: "linq delivery", kind: "CONSUMER", status: 0, events: 0, ...attributes },
      {
        ...{ name: "linq delivery", kind: "CONSUMER", status: 0, events: 1 },
        ...{ "http.response.status_code": 401, "linq.outcome": "refused" },
      },
      { name: "insert", kind: "INTERNAL", parent: "linq delivery", status: 0, events: 0 },
      {
        ...{ name: "linq delivery", kind: "CONSUMER", status: 2, events: 1, ...attributes },
        ...{ "http.response.status_code": 500, "linq.outcome": "failed" },
      },
    ]);
  });

  it("typecheck under the strictest settings", async () => {
    const files = programs.filter(({ lang, code }) => lang === "ts" && !code.includes(NEST));
    for (const [index, { code }] of files.entries()) {
      await consumer.write(`program-${index}.ts`, code);
    }
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      skipLibCheck: false,
      noEmit: true,
      target: "ES2022",
      module: "NodeNext",
      types: ["node"],
    };
    await consumer.write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    const tsc = join("node_modules", "typescript", "bin", "tsc");
    const { stdout } = await consumer.run(tsc).catch((error: unknown) => {
      // What tsc has found is in its output, which a failed run hands over with the error.
      return error as { stdout: string };
    });
    expect(stdout).toBe("");
  });
});

describe("the servers of the manuals, on the packed package", () => {
  const secret = "a secret of our own";
  const runner = bundleProgram("../frameworks/run-program.ts");
  afterAll(runner.remove);

  interface Sent {
    readonly status: number;
    readonly text: string;
  }
  type Send = (body: string, signature?: string, type?: string) => Promise<Sent>;

  /** Starts a program, sends it deliveries, and returns the answers, and what it has printed. */
  async function serve(
    code: string,
    deliver: (send: Send) => Promise<Sent[]>,
    path = "/hook",
  ): Promise<{ sent: Sent[]; stdout: string; stderr: string; code: number | null }> {
    await consumer.write("server.mjs", code);
    const program = join(consumer.folder, "server.mjs");
    const { url, stop } = await startProgram(runner.path, program, { LINQ_WEBHOOK_SECRET: secret });
    try {
      const sent = await deliver(async (body, signature, type = "application/json") => {
        const headers = {
          ...(type && { "content-type": type }),
          ...(signature !== undefined && { "X-Webhook-Signature": signature }),
        };
        // With a text, `fetch` would add a type of its own.
        const bytes = new TextEncoder().encode(body);
        const response = await fetch(url + path, { method: "POST", headers, body: bytes });
        return { status: response.status, text: await response.text() };
      });
      return { sent, ...(await stop()) };
    } finally {
      await stop();
    }
  }

  function writeMessage(event_id: string, text: string): string {
    const data = { from_phone: "+15550100", text };
    return JSON.stringify({ event_type: "message.received", event_id, data });
  }

  it("are exactly one for each of these headings", () => {
    expect(servers.map(({ heading }) => heading)).toEqual([
      "A receiver",
      "node:http",
      "Express",
      "Express, behind a parser that cannot be moved",
      "Fastify",
      "Hono",
      "Next.js",
      "Cloudflare Workers",
      "AWS Lambda",
    ]);
  });

  it.each([
    ...servers.map((program) => ({ ...program, path: "/hook" })),
    ...servers
      .filter(({ code }) => code.includes("isBase64Encoded"))
      .map((program) => ({ ...program, path: "/hook?base64" })),
  ])("handle a signed delivery once, and nothing else: $heading $path", async ({ code, path }) => {
    const body = writeMessage("e1", "Grüße 🏡");
    const forged = writeMessage("e2", "forged");
    const signature = await signBody(body, secret);
    const { sent, stdout, stderr } = await serve(
      code,
      async (send) => [
        await send(body),
        await send(forged, signature),
        await send(body, signature),
        await send(body, signature),
        await send("", await signBody("", secret)),
      ],
      path,
    );
    expect(sent.map(({ status }) => status).slice(0, 4)).toEqual([401, 401, 200, 200]);
    expect(sent[4]?.status).toBeOneOf([400, 401]);
    expect(stdout).toBe("+15550100 Grüße 🏡\n");
    // One line for each that is refused, and nothing else.
    const lines = stderr.trimEnd().split("\n");
    expect(lines.filter((line) => !line.startsWith("linq-webhooks: refused a delivery: "))).toEqual(
      [],
    );
    expect(lines).toHaveLength(sent.filter(({ status }) => status !== 200).length);
  });

  it.each(servers)(
    "accept a body of any content type, or say which parser is in the way: $heading",
    async ({ heading, code }) => {
      const body = writeMessage("e1", "Hello!");
      const signature = await signBody(body, secret);
      const { sent } = await serve(code, async (send) => [
        await send(body, signature, ""),
        await send(body, signature, "text/plain"),
      ]);
      if (heading !== "Express, behind a parser that cannot be moved") {
        expect(sent.map(({ status }) => status)).toEqual([200, 200]);
        return;
      }
      for (const { status, text } of sent) {
        expect(status).toBe(401);
        expect(text).toMatch(/no parser has read it.*express\.raw\(\{ type: \(\) => true \}\)/);
      }
    },
  );

  it("exit with 0 when they are told to stop: node:http", async () => {
    const { code } = await serve(codeUnder("node:http"), () => Promise.resolve([]));
    expect(code).toBe(0);
  });

  it.each([
    ["Express", "app.post(", "app.use(express.json()).post("],
    ["Fastify", /scope\.\w*ContentTypeParser[^;]*;\s*scope\.addContentTypeParser\([^;]*;/, ""],
    ["Hono", "receiver.fetch", "(await context.req.json(), receiver.fetch)"],
  ])("report a parser that is in the way, and what to do: %s", async (heading, right, wrong) => {
    const code = codeUnder(heading)
      .replace(right, wrong)
      .replace("(context) =>", "async (context) =>");
    expect(code).not.toBe(codeUnder(heading));
    const body = writeMessage("e1", "Hello!");
    const { sent, stdout } = await serve(code, async (send) => [
      await send(body, await signBody(body, secret)),
    ]);
    expect(sent).toMatchObject([{ status: 401 }]);
    expect(sent[0]?.text).toMatch(/body parser \(such as express\.json\(\)\).*take the raw body/);
    expect(stdout).toBe("");
  });

  function codeUnder(heading: string): string {
    return servers.find((program) => program.heading === heading)?.code ?? "";
  }
});
