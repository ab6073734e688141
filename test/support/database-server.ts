import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findProgram } from "./find-program.js";

const runFile = promisify(execFile);

/** A database server that tests start for themselves, or one whose URL they are told. */
export interface DatabaseServer {
  readonly url: string;
  /** Kills it in the middle of whatever it does, and starts it again on the same data. */
  readonly restart: () => Promise<void>;
  /** Kills it, and leaves its port to nobody until {@link DatabaseServer.start}. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Whether it was started here; one that others use must not be killed. */
  readonly isOwn: boolean;
  readonly stop: () => Promise<void>;
}

/** A Redis on a free port of loopback, or that of `REDIS_URL`; undefined where there is none. */
export async function startRedis(...settings: string[]): Promise<DatabaseServer | undefined> {
  const given = process.env["REDIS_URL"];
  if (given !== undefined && settings.length === 0) return elsewhere(given);
  const program = await findProgram("redis-server", "redis-server");
  if (program === undefined) {
    skip("redis-server", "REDIS_URL");
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "linq-webhooks-redis-"));
  const port = await freePort();
  const args = [
    ...["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""],
    // What it has confirmed survives its death, if not that of the machine.
    ...["--appendonly", "yes", "--appendfsync", "no", ...settings],
  ];
  return serve(`redis://127.0.0.1:${port}`, port, folder, () => spawn(program, args));
}

/** A Postgres on a free port of loopback, or that of `DATABASE_URL`; undefined where there is none. */
export async function startPostgres(): Promise<DatabaseServer | undefined> {
  const given = process.env["DATABASE_URL"];
  if (given !== undefined) return elsewhere(given);
  const program = await findProgram("postgres", "postgresql");
  const initdb = await findProgram("initdb", "postgresql");
  if (program === undefined || initdb === undefined) {
    skip("postgres", "DATABASE_URL");
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "linq-webhooks-postgres-"));
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? await findUser("postgres") : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid ?? user.uid);
  await runFile(
    initdb,
    ["-D", folder, "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync"],
    user,
  );
  const port = await freePort();
  const args = ["-D", folder, "-p", String(port), "-h", "127.0.0.1", "-k", folder];
  return serve(`postgres://test@127.0.0.1:${port}/postgres`, port, folder, () =>
    // The same.
    spawn(program, [...args, "-c", "max_connections=200", "-c", "fsync=off"], user),
  );
}

async function serve(
  url: string,
  port: number,
  folder: string,
  spawnServer: () => ChildProcess,
): Promise<DatabaseServer> {
  let server: ChildProcess;
  const start = async (): Promise<void> => {
    for (;;) {
      let output = "";
      server = spawnServer();
      const closed = once(server, "close");
      for (const stream of [server.stdout, server.stderr]) {
        stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
      }
      if (await isAnswering(port, server, () => output)) return;
      await closed;
      // The processes of a killed Postgres keep its memory until they have ended, too.
      if (!output.includes("is still in use")) throw new Error(`the server has ended: ${output}`);
    }
  };
  const kill = async (signal: NodeJS.Signals = "SIGKILL"): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  };
  await start();
  return {
    ...{ url, isOwn: true, start, kill },
    restart: async () => {
      await kill();
      await start();
    },
    stop: async () => {
      await kill("SIGQUIT");
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Waits until the server takes connections; false if it ends first. It asks again and again, because Redis
 * and Postgres have no common signal for this.
 */
async function isAnswering(
  port: number,
  server: ChildProcess,
  output: () => string,
): Promise<boolean> {
  while (server.exitCode === null && server.signalCode === null) {
    const socket = connect(port, "127.0.0.1");
    const isUp = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "error").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isUp && /ready to accept connections/i.test(output())) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

function elsewhere(url: string): DatabaseServer {
  const refuse = (): Promise<void> => Promise.reject(new Error("it is not ours to kill"));
  return {
    ...{ url, isOwn: false, restart: refuse, kill: refuse, start: refuse },
    stop: () => Promise.resolve(),
  };
}

function skip(program: string, variable: string): void {
  const line = `SKIPPED: there is no ${program} here, and ${variable} names none`;
  if (process.env["CI"] !== undefined) throw new Error(line);
  console.log(line);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

async function findUser(name: string): Promise<{ uid?: number; gid?: number }> {
  const [uid, gid] = await Promise.all(
    ["-u", "-g"].map(async (flag) => Number((await runFile("id", [flag, name])).stdout)),
  );
  return { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
}
