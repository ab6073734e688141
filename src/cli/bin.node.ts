#!/usr/bin/env node
/** The process around the command line: its streams, its signals and its exit code. */
import { readVersion } from "./version.js";
import { watchOutput } from "./watch-output.node.js";

if (process.argv.length === 3 && process.argv[2] === "--version") {
  // Answered before anything else is loaded.
  watchOutput(() => undefined);
  process.stdout.write(`${readVersion()}\n`);
} else {
  const { runProcess } = await import("./run-process.node.js");
  await runProcess();
}
