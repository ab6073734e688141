import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure, type Timing } from "./measure.js";

const HERE = fileURLToPath(new URL("./", import.meta.url));
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const ROUNDS = 7;

/** Whole processes: what an import costs, the start of the command line, and the generation. */
export async function benchProcesses(): Promise<Record<string, Timing[]>> {
  const folder = mkdtempSync(join(tmpdir(), "linq-webhooks-bench-"));
  try {
    return {
      "a process that imports": await measure({ nothing: run("-e", "0"), ...imports() }, ROUNDS),
      "the command line": await measure(
        {
          "node -e 0": run("-e", "0"),
          "linq-webhooks --version": run(`${ROOT}dist/src/cli/bin.node.js`, "--version"),
          "linq-webhooks --help": run(`${ROOT}dist/src/cli/bin.node.js`, "--help"),
        },
        ROUNDS,
      ),
      "from the specification to the types": await measure(
        {
          "openapi-typescript": run(
            `${ROOT}node_modules/openapi-typescript/bin/cli.js`,
            `${ROOT}generated/openapi.json`,
            "--output",
            join(folder, "openapi.ts"),
          ),
          "npm run generate -- --check": run(
            "--import",
            "tsx",
            `${ROOT}scripts/generate.ts`,
            "--check",
          ),
        },
        3,
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ENTRIES = [
  "index.js",
  "receiver/index.js",
  "sync/index.js",
  "stores/index.js",
  "sandbox/index.js",
];
const PEERS = [
  "ky",
  "@linqapp/sdk",
  "@octokit/webhooks-methods",
  "standardwebhooks",
  "svix",
  "stripe",
];

function imports(): Record<string, () => void> {
  const ours = ENTRIES.map(
    (file) => [`linq-webhooks ${file}`, run(`${ROOT}dist/src/${file}`)] as const,
  );
  const peers = PEERS.map((name) => {
    const program = `import ${JSON.stringify(name)}`;
    return [name, run("--input-type=module", "-e", program)] as const;
  });
  return Object.fromEntries([...ours, ...peers]);
}

function run(...args: string[]): () => void {
  return () => {
    execFileSync(process.execPath, args, {
      cwd: args[0]?.startsWith("--input") ? HERE : ROOT,
      stdio: "ignore",
    });
  };
}
