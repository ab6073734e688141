import { onTestFinished } from "vitest";
import { Interrupted } from "../../src/cli/interrupted.js";
import { type CliResult, type CliWorld, runCli } from "../support/run-cli.js";

/** A command that runs until the test interrupts it, or until the test ends. */
export interface RunningCommand {
  /** Resolves with the output once it contains the text; rejects if the command ends first. */
  readonly says: (text: string) => Promise<string>;
  readonly written: () => string;
  readonly interrupt: () => Promise<CliResult>;
}

export function startCommand(argv: readonly string[], world: CliWorld = {}): RunningCommand {
  const controller = new AbortController();
  const listeners = new Set<() => void>();
  let written = "";
  const running = runCli(argv, {
    signal: controller.signal,
    fetch: globalThis.fetch,
    ...world,
    onWrite: (text) => {
      written += text;
      for (const listener of [...listeners]) listener();
    },
  });
  const interrupt = (): Promise<CliResult> => {
    controller.abort(new Interrupted("SIGINT"));
    return running;
  };
  onTestFinished(async () => {
    await interrupt();
  });
  return {
    written: () => written,
    interrupt,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!written.includes(text)) return;
          listeners.delete(look);
          resolve(written);
        };
        listeners.add(look);
        void running.then(({ stderr }) => {
          reject(new Error(`ended before it said ${text}: ${written} ${stderr}`));
        });
        look();
      }),
  };
}
