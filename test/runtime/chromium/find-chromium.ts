import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const runFile = promisify(execFile);

/** The program names of Chromium and Chrome on various systems. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ON_MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

const ADVICE =
  "install it (on Debian as root: apt-get install -y chromium; elsewhere: npx playwright-core install --with-deps chromium), or set CHROME_PATH to the program of a Chromium or Chrome";

/**
 * Finds a Chromium on this machine: that of `CHROME_PATH`, Playwright's own, or the system's. Where
 * there is none, it installs one.
 *
 * @returns the path of the program.
 * @throws {Error} that says what to do when none can be found or installed.
 */
export async function findChromium(): Promise<string> {
  const chosen = process.env["CHROME_PATH"];
  if (chosen !== undefined) {
    if (await canRun(chosen)) return chosen;
    throw new Error(`CHROME_PATH is not a program that runs: ${chosen}`);
  }
  const failures: string[] = [];
  for (const attempt of [undefined, installWithApt, installWithPlaywright]) {
    await attempt?.().catch((error: unknown) => failures.push(String(error)));
    const found = await lookForChromium();
    if (found !== undefined) return found;
  }
  throw new Error(`There is no Chromium; ${ADVICE}.\n${failures.join("\n")}`);
}

async function lookForChromium(): Promise<string | undefined> {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const inPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  for (const program of [chromium.executablePath(), ...inPath, ON_MACOS]) {
    if (existsSync(program) && (await canRun(program))) return program;
  }
  return undefined;
}

/** Some systems have a program of that name which only says how to get the real one. */
async function canRun(program: string): Promise<boolean> {
  return runFile(program, ["--version"]).then(
    () => true,
    () => false,
  );
}

async function installWithApt(): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync("/usr/bin/apt-get")) return;
  console.log("No Chromium found: installing the system's with apt-get ...");
  // Others may be installing something at the same time.
  const options = ["-y", "-q", "-o", "DPkg::Lock::Timeout=300", "--no-install-recommends"];
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runFile("apt-get", ["update", ...options.slice(0, 4)], { env, maxBuffer: 2 ** 26 });
  await runFile("apt-get", ["install", ...options, "chromium"], { env, maxBuffer: 2 ** 26 });
}

async function installWithPlaywright(): Promise<void> {
  console.log("No Chromium found: installing Playwright's ...");
  await runFile("npx", ["playwright-core", "install", "chromium"], { maxBuffer: 2 ** 26 });
}
