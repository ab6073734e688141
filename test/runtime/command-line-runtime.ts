import { findPinned, pinnedVersion } from "./pinned-runtime.js";
import { parseResults, type Runtime } from "./runtime.js";

const { platform, arch } = process;

/** What differs between the runtimes that run a program of modules. */
interface CommandLine {
  readonly name: string;
  /** The package whose version counts. */
  readonly pinned: string;
  /** Where the program is in `node_modules`. */
  readonly path: string;
  /** The arguments before the name of the program. */
  readonly args?: readonly string[];
}

function commandLineRuntime({ name, pinned, path, args = [] }: CommandLine): Runtime {
  const version = pinnedVersion(pinned);
  return {
    name,
    version,
    run: async (project, server) => {
      const start = await findPinned(path, version);
      const runProgram = async (program: string): Promise<ReturnType<typeof parseResults>> =>
        parseResults(await start(...args, program, server));
      const results = await runProgram(project.program);
      return { version, results, bareResults: await runProgram(project.bareProgram) };
    },
  };
}

/** A major version of Node. */
export function node(major: number): Runtime {
  const folder = `node-${major}-${platform}-${arch}`;
  return commandLineRuntime({
    name: "Node",
    pinned: `node-${major}-linux-x64`,
    path: `${folder}/bin/node`,
  });
}

export const deno = commandLineRuntime({
  name: "Deno",
  pinned: "deno",
  path: `@deno/${platform}-${arch}${platform === "linux" ? "-glibc" : ""}/deno`,
  args: [
    "run",
    "--no-prompt",
    "--cached-only",
    "--allow-net=127.0.0.1",
    "--allow-read",
    "--allow-env",
  ],
});

export const bun = commandLineRuntime({
  name: "Bun",
  pinned: "bun",
  path: `@oven/bun-${platform}-${arch === "arm64" ? "aarch64" : arch}/bin/bun`,
});
