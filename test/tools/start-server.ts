import { spawn, type SpawnOptions } from "node:child_process";
import { once } from "node:events";

/** A server in a process of its own. */
export interface Server {
  readonly url: string;
  /** Ends the process, and returns all its output. */
  readonly stop: () => Promise<string>;
}

/** With what follows it, since output may arrive in the middle of a port. */
const ADDRESS = /(http:\/\/[^\s/]+:\d+)\s/;

/**
 * Starts a server with Node, and waits until it has printed its address.
 *
 * @throws {Error} if it ends before that.
 */
export async function startServer(
  args: readonly string[],
  options: Pick<SpawnOptions, "cwd" | "env" | "timeout">,
): Promise<Server> {
  const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  let printed = "";
  const listening = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        printed += chunk;
        const [, address] = ADDRESS.exec(printed) ?? [];
        if (address !== undefined) resolve(address);
      });
    }
  });
  const url = await Promise.race([
    listening,
    ended.then(() => {
      throw new Error(`${args.join(" ")} ended before it printed its address:\n${printed}`);
    }),
  ]);
  return {
    url,
    stop: async () => {
      child.kill("SIGKILL");
      await ended;
      return printed;
    },
  };
}
