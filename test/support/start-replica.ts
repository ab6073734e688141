import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { bundleProgram } from "./bundle-program.js";
import type { Order, Report } from "./replica.js";

/** A replica in a process of its own. */
export interface Replica {
  /** Gives the replica an order, and its report; undefined when it died before it could report. */
  readonly ensure: (order: Order) => Promise<Report | undefined>;
  /** Ends it at once, wherever it is (SIGKILL). */
  readonly kill: () => void;
}

/** Starts replicas, from a program that is bundled once, so that each starts quickly. */
export interface ReplicaFactory {
  readonly start: () => Promise<Replica>;
  readonly remove: () => void;
}

export function createReplicaFactory(): ReplicaFactory {
  const { path, remove } = bundleProgram("./replica.ts");
  return { start: () => startReplica(path), remove };
}

async function startReplica(program: string): Promise<Replica> {
  const child: ChildProcess = fork(program, { execArgv: [] });
  await once(child, "message");
  return {
    kill: () => void child.kill("SIGKILL"),
    ensure: (order) =>
      new Promise((resolve) => {
        const finish = (report: Report | undefined): void => {
          child.off("message", onMessage);
          child.off("exit", onExit);
          resolve(report);
        };
        // The child sends nothing else.
        const onMessage = (report: unknown): void => {
          finish(report as Report);
        };
        const onExit = (): void => {
          finish(undefined);
        };
        child.on("message", onMessage);
        child.on("exit", onExit);
        child.send(order, (error) => {
          if (error) finish(undefined);
        });
      }),
  };
}
