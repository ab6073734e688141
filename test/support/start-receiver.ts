import { type ChildProcess, fork } from "node:child_process";
import type { DeliveryStore } from "../../src/receiver/index.js";
import type { ReceiverOrder, ReceiverReport } from "./receiver-program.js";

/** A receiver in a process of its own. */
export interface ReceiverProcess {
  readonly url: string;
  /** Resolves with the next report of a kind that is yet to come. */
  readonly next: (kind: ReceiverReport["kind"]) => Promise<ReceiverReport>;
  /** Lets the handlers at work finish. */
  readonly finish: () => void;
  /** Ends it at once, wherever it is (SIGKILL). */
  readonly kill: () => void;
  /** Asks it to end (SIGTERM). */
  readonly terminate: () => void;
  /** Resolves with its exit code, null where a signal has ended it. */
  readonly ended: Promise<number | null>;
}

export interface ReceiverProcessOptions {
  /** The bundled `receiver-program.ts`. */
  readonly program: string;
  readonly secret: string;
  readonly store: DeliveryStore;
  readonly ackTimeout: number;
  /** Told of every report, before anything is done about it. */
  readonly onReport: (report: ReceiverReport, child: Pick<ReceiverProcess, "kill">) => void;
}

export async function startReceiver({
  program,
  secret,
  store,
  ackTimeout,
  onReport,
}: ReceiverProcessOptions): Promise<ReceiverProcess> {
  const child: ChildProcess = fork(program, {
    execArgv: [],
    env: { ...process.env, SECRET: secret, ACK_TIMEOUT: String(ackTimeout) },
  });
  const waiting = new Map<string, ((report: ReceiverReport) => void)[]>();
  const next = (kind: ReceiverReport["kind"]): Promise<ReceiverReport> =>
    new Promise((resolve) => waiting.set(kind, [...(waiting.get(kind) ?? []), resolve]));
  const send = (order: ReceiverOrder): void => {
    // It may be gone.
    child.send(order, () => undefined);
  };
  let isKilled = false;
  const kill = (): void => {
    isKilled = true;
    child.kill("SIGKILL");
  };

  child.on("message", (message) => {
    // The child sends nothing else.
    const report = message as ReceiverReport;
    onReport(report, { kill });
    const { kind } = report;
    for (const resolve of waiting.get(kind) ?? []) resolve(report);
    waiting.delete(kind);
    // What it asked for before it was killed has not reached the store.
    if (kind !== "store" || isKilled) return;
    const { call, operation } = report;
    void (async () => {
      const { key } = operation;
      const result = await (operation.name === "release"
        ? store.release(key, operation.options)
        : store[operation.name](key, operation.options));
      send({ kind: "answer", call, result });
    })();
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const listening = await next("listening");
  return {
    url: `http://127.0.0.1:${listening.kind === "listening" ? listening.port : 0}/hook`,
    next,
    finish: () => {
      send({ kind: "finish" });
    },
    kill,
    terminate: () => {
      child.kill("SIGTERM");
    },
    ended,
  };
}
