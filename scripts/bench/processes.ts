import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure, type Timing } from "./measure.js";

const HERE = fileURLToPath(new URL("./", import.meta.url));
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const ROUNDS = 7;

/** Times whole processes: an import, the start of the command line, and the generation. */
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
          "openapi-typescript, both documents": both(
            typescriptOf("generated/openapi.json", join(folder, "openapi.ts")),
            typescriptOf("spec/webhook-events.json", join(folder, "events.ts")),
          ),
          "openapi-typescript, the API alone": typescriptOf(
            "generated/openapi.json",
            join(folder, "openapi.ts"),
          ),
          "npm run generate -- --check": run(`${ROOT}scripts/generate.js`, "--check"),
        },
        ROUNDS,
      ),
      // There is nothing to do if spec/ is committed and generated/ is up to date.
      "a generation that has nothing to do": await measure(
        {
          "node that reads the same files": run("--input-type=module", "-e", READ_ALL),
          "npm run generate": run(`${ROOT}scripts/generate.js`),
        },
        ROUNDS * 3,
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A program that reads the files that decide whether there is anything to do. */
const READ_ALL = `
  import { readdirSync, readFileSync } from "node:fs";
  for (const folder of ["spec", "generated", "scripts/generate"]) {
    for (const entry of readdirSync(${JSON.stringify(ROOT)} + folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isDirectory()) readFileSync(entry.parentPath + "/" + entry.name);
    }
  }
`;

function typescriptOf(document: string, output: string): () => void {
  const cli = `${ROOT}node_modules/openapi-typescript/bin/cli.js`;
  return run(cli, `${ROOT}${document}`, "--output", output);
}

function both(first: () => void, second: () => void): () => void {
  return () => {
    first();
    second();
  };
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
