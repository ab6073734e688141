import { isLoopback } from "./base-url.js";

/** The parts of Node's `process` that are read. */
interface Process {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly execArgv?: readonly string[];
  readonly versions?: Readonly<Record<string, string | undefined>>;
}

/**
 * Advice for an environment that sets a proxy, which Node's own `fetch` ignores by default. Bun and Deno
 * use the proxy.
 */
export function adviceOnProxy(text: string): string | undefined {
  const host = (globalThis as { readonly process?: Process }).process;
  const { bun, deno, node } = host?.versions ?? {};
  if (!node || bun || deno) return undefined;
  const { env = {}, execArgv = [] } = host ?? {};
  const url = new URL(text);
  const variable = url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const name = [variable, variable.toLowerCase()].find((each) => env[each]);
  const flags = [...execArgv, ...(env["NODE_OPTIONS"] ?? "").split(" ")];
  const isUsed = env["NODE_USE_ENV_PROXY"] === "1" || flags.includes("--use-env-proxy");
  if (name === undefined || isUsed || isLoopback(url)) return undefined;
  return `${name} is set, but Node's own fetch ignores it unless NODE_USE_ENV_PROXY=1 is set too (from Node 22.21 and 24.0)`;
}
