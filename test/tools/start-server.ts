import { spawn } from "node:child_process";
import { once } from "node:events";

/** A server in a process of its own. */
export interface Server {
  readonly url: string;
  /** Ends it, and gives all that it has printed. */
  readonly stop: () => Promise<string>;
}

const ADDRESS = /http:\/\/[^\s/]+:\d+/;

/**
 * Starts a server with Node, and waits until it has printed its address.
 *
 * @throws {Error} when it ends without.
 */
export async function startServer(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Server> {
  const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  let printed = "";
  const listening = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        printed += chunk;
        const [address] = ADDRESS.exec(printed) ?? [];
        if (address !== undefined) resolve(address);
      });
    }
  });
  const url = await Promise.race([
    listening,
    ended.then(() => {
      throw new Error(`${args.join(" ")} has ended before it printed its address:\n${printed}`);
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
