#!/usr/bin/env node
/** Starts the command line as a process. */
import { readVersion } from "./version.js";
import { watchOutput } from "./watch-output.node.js";

if (process.argv.length === 3 && process.argv[2] === "--version") {
  // The version is printed before anything else is loaded.
  watchOutput(() => undefined);
  process.stdout.write(`${readVersion()}\n`);
} else {
  const { runProcess } = await import("./run-process.node.js");
  await runProcess();
}
