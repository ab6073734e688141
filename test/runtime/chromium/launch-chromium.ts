import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./find-chromium.js";

/** It contacts only our own servers, and keeps nothing: its profile is new and empty. */
const ARGS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

/** Starts a headless Chromium. It visits only our own pages, so it needs no sandbox as root. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: ARGS,
    chromiumSandbox: false,
  });
}
