import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSandbox } from "../../src/sandbox/index.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = [
  join(ROOT, "node_modules", "tsx", "dist", "cli.mjs"),
  join(ROOT, "src", "cli", "bin.node.ts"),
];

const COMMANDS = [
  "ensure --url https://example.com/hook --event message.received --secret-env HOOK_SECRET",
  "plan",
  "apply --yes",
  "list",
];

/** What `plan` and `apply` read. */
const FILE = {
  subscriptions: [
    {
      webhook_url: "https://example.com/hook",
      events: ["message.received", "message.sent"],
      secret: { env: "HOOK_SECRET" },
    },
    { webhook_url: "https://crm.example.com/linq", events: ["contact.created"] },
  ],
};

/**
 * Types commands against a sandbox that is empty at first, each in a process of its own.
 *
 * @returns what a terminal would show: each command behind its prompt, and the very bytes that it
 *   prints on both streams when colours are forced.
 */
export async function recordSession(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "linq-webhooks-terminal-"));
  const server = await createSandbox().listen();
  try {
    await writeFile(join(folder, "linq-webhooks.json"), JSON.stringify(FILE));
    const screens: string[] = [];
    for (const command of COMMANDS) {
      const printed = await runCommand(command.split(" "), folder, server.url);
      screens.push(`\u001b[2m$\u001b[22m linq-webhooks ${command}\n${printed}`);
    }
    return screens.join("\n");
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
}

async function runCommand(args: string[], folder: string, server: string): Promise<string> {
  const name = join(folder, "output.txt");
  // One file for both streams keeps the order in which they were written.
  const output = await open(name, "w");
  try {
    const child = spawn(process.execPath, [...PROGRAM, ...args], {
      cwd: folder,
      env: {
        ...{ LINQ_BASE_URL: server, LINQ_INTEGRATION_TOKEN: "any-token", HOOK_SECRET: "a secret" },
        ...{ FORCE_COLOR: "1", TSX_TSCONFIG_PATH: join(ROOT, "tsconfig.json") },
      },
      stdio: ["ignore", output.fd, output.fd],
    });
    await once(child, "exit");
    return await readFile(name, "utf8");
  } finally {
    await output.close();
  }
}
