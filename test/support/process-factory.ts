import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { bundleProgram } from "./bundle-program.js";

/** A process that carries out orders, one after the other. */
export interface OrderedProcess<Order, Report> {
  /** Gives it an order, and returns its report; undefined when it died before it could report. */
  readonly carryOut: (order: Order) => Promise<Report | undefined>;
  /** Ends it at once, wherever it is (SIGKILL). */
  readonly kill: () => void;
}

/** Starts processes of one program, which is bundled once, so that each starts quickly. */
export interface ProcessFactory<Order, Report> {
  readonly start: () => Promise<OrderedProcess<Order, Report>>;
  readonly remove: () => void;
}

/** @param name - The file of the program; it says so with a message when it is ready for orders. */
export function createProcessFactory<Order extends object, Report>(
  name: string,
): ProcessFactory<Order, Report> {
  const { path, remove } = bundleProgram(name);
  return { start: () => start(path), remove };
}

async function start<Order extends object, Report>(
  program: string,
): Promise<OrderedProcess<Order, Report>> {
  const child: ChildProcess = fork(program, { execArgv: [] });
  await once(child, "message");
  return {
    kill: () => void child.kill("SIGKILL"),
    carryOut: (order) =>
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
