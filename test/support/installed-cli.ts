import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPackedPackage } from "./packed-package.js";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** What the command line needs in addition to the library's own dependency. */
const LINKED = ["cli-progress", "cli-table3", "jsonc-parser", "string-width"];

/** A process that is being watched. */
export interface WatchedProcess {
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly type: (text: string) => void;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Resolves when the text has been written; rejects when the process ends without it. */
  readonly says: (text: string) => Promise<void>;
  /** Waits for something that happens elsewhere; rejects when the process ends before it. */
  readonly until: (event: Promise<void>) => Promise<void>;
  /** The exit code when all is written, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** The packed package as `npm install` would lay it out, with its command on the PATH. */
export interface InstalledCli {
  readonly folder: string;
  readonly write: (name: string, text: string) => Promise<void>;
  readonly start: (
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ) => WatchedProcess;
  readonly remove: () => Promise<void>;
}

export async function installCli(): Promise<InstalledCli> {
  const consumer = await installPackedPackage();
  const { folder } = consumer;
  const modules = join(folder, "node_modules");
  const bin = join(modules, ".bin");
  await mkdir(bin);
  await symlink("../linq-webhooks/dist/src/cli/bin.node.js", join(bin, "linq-webhooks"));
  // As npm does for what package.json calls a bin.
  await chmod(join(bin, "linq-webhooks"), 0o755);
  for (const name of LINKED) {
    // Where somebody else has put them already, they are the same.
    await symlink(join(REPOSITORY, "node_modules", name), join(modules, name), "dir").catch(ignore);
  }
  const children: ChildProcess[] = [];
  return {
    folder,
    write: (name, text) => consumer.write(name, text),
    start: (command, args, env) => {
      const path = `${bin}:${process.env["PATH"] ?? ""}`;
      const child = spawn(command, args, {
        cwd: folder,
        env: { PATH: path, HOME: folder, TERM: "xterm", ...env },
      });
      children.push(child);
      return watch(child);
    },
    remove: async () => {
      for (const child of children) child.kill("SIGKILL");
      await consumer.remove();
    },
  };
}

function watch(child: ReturnType<typeof spawn>): WatchedProcess {
  const output = { stdout: "", stderr: "" };
  const listeners = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (chunk: string) => {
      output[name] += chunk;
      for (const listener of listeners) listener();
    });
  }
  // Typing into a process that has just ended is not an error of the test.
  child.stdin?.on("error", ignore);
  const ended = once(child, "close").then(
    // What the event gives: a code, or else a signal.
    ([code, signal]) => (code ?? signal) as number | NodeJS.Signals,
  );
  const until = (event: Promise<void>): Promise<void> =>
    Promise.race([
      event,
      ended.then((code) => {
        throw new Error(`it ended with ${code} before that: ${JSON.stringify(output)}`);
      }),
    ]);
  return {
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    type: (text) => child.stdin?.write(text),
    kill: (signal) => void child.kill(signal),
    says: (text) =>
      until(
        new Promise((resolve) => {
          const look = (): void => {
            if (!`${output.stdout}\n${output.stderr}`.includes(text)) return;
            listeners.delete(look);
            resolve();
          };
          listeners.add(look);
          look();
        }),
      ),
    until,
    ended,
  };
}

function ignore(): void {
  // Nothing to do.
}
