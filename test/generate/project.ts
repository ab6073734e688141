import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

export const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

const COMMAND = join(REPOSITORY, "scripts/generate.js");

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A folder of its own in which the real command runs. */
export interface Project {
  folder: string;
  write: (files: Record<string, string | Uint8Array>) => Promise<void>;
  remove: (name: string) => Promise<void>;
  /** Commits all files. */
  commit: () => void;
  read: (name: string) => Promise<string>;
  /** Every file of generated/ by name; none where the folder is missing. */
  generated: () => Promise<Record<string, string>>;
  start: (...flags: string[]) => ChildProcess;
  generate: (...flags: string[]) => Promise<Outcome>;
}

const folders: string[] = [];
const children: ChildProcess[] = [];

afterAll(async () => {
  for (const child of children.splice(0)) child.kill();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

export async function createProject(
  files: Record<string, string | Uint8Array>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "linq-webhooks-generate-"));
  folders.push(folder);
  const read = (name: string): Promise<string> => readFile(join(folder, name), "utf8");
  const start = (...flags: string[]): ChildProcess => {
    const child = spawn(process.execPath, [COMMAND, ...flags], { cwd: folder, env });
    children.push(child);
    return child;
  };
  const commit = (): void => {
    const git = (...args: string[]): unknown => execFileSync("git", args, { cwd: folder });
    git("init", "--quiet");
    git("add", "--all");
    git(...["-c", "user.name=Test", "-c", "user.email=test@test.example"], "commit", "-qm", "All");
  };
  const remove = (name: string): Promise<void> => rm(join(folder, name));
  const write = async (named: Record<string, string | Uint8Array>): Promise<void> => {
    for (const [name, text] of Object.entries(named)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  };
  const generated = async (): Promise<Record<string, string>> => {
    const names = (await readdir(folder)).includes("generated")
      ? await readdir(join(folder, "generated"))
      : [];
    const entries = names.map(async (name) => [name, await read(`generated/${name}`)] as const);
    return Object.fromEntries(await Promise.all(entries));
  };
  await write(files);
  return {
    ...{ folder, write, remove, commit, read, generated, start },
    generate: (...flags) => finish(start(...flags)),
  };
}

function finish(child: ChildProcess): Promise<Outcome> {
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, ...output });
    });
  });
}
