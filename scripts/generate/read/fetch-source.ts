import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { GenerateError } from "../generate-error.js";
import type { RawFile } from "./read-folder.js";

/** A reference of hundreds of operations is a tenth of it, in bytes. */
const MAX_BYTES = 20 * 1024 * 1024;

/** For the whole of it, redirects too, in ms. */
const TIMEOUT = 30_000;

const MAX_REDIRECTS = 5;

/**
 * Fetches an `https:` address or reads a file, under the name that it gets in spec/.
 *
 * @param timeout - in ms, for the whole of it.
 */
export async function fetchSource(source: string, timeout = TIMEOUT): Promise<RawFile> {
  return /^[a-z][a-z0-9+.-]+:/i.test(source) ? fetchAddress(source, timeout) : readSource(source);
}

async function readSource(path: string): Promise<RawFile> {
  try {
    return { name: `spec/${visible(basename(path))}`, bytes: await readFile(path) };
  } catch (error) {
    throw new GenerateError(`--from ${path} cannot be read, and is no address.`, { cause: error });
  }
}

async function fetchAddress(source: string, timeout: number): Promise<RawFile> {
  const signal = AbortSignal.timeout(timeout);
  try {
    const address = new URL(source);
    const response = await follow(address, signal, MAX_REDIRECTS);
    if (!response.ok) throw new GenerateError(`it answered ${response.status}`);
    return { name: `spec/${nameOf(address, response)}`, bytes: await readBody(response) };
  } catch (error) {
    throw new GenerateError(
      `--from ${source}: ${signal.aborted ? `it took longer than ${timeout / 1000} s` : explain(error)}.`,
      { cause: error },
    );
  }
}

async function follow(address: URL, signal: AbortSignal, rest: number): Promise<Response> {
  if (address.protocol !== "https:") {
    throw new GenerateError(`expected an https: address, but got ${address.protocol}`);
  }
  const response = await fetch(address, { redirect: "manual", signal });
  const location = response.headers.get("location");
  if (response.status < 300 || response.status > 399 || location === null) return response;
  await response.body?.cancel();
  if (rest === 0) throw new GenerateError(`it redirects more than ${MAX_REDIRECTS} times`);
  return follow(new URL(location, address), signal, rest - 1);
}

async function readBody(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    // What `fetch` gives is bytes; its type of the stream says less.
    chunks.push(chunk);
    size += (chunk as Uint8Array).byteLength;
    if (size > MAX_BYTES) throw new GenerateError(`it is larger than ${MAX_BYTES / 1024 ** 2} MiB`);
  }
  return Buffer.concat(chunks);
}

/** The end of the path, with the ending that says what it is. */
function nameOf({ pathname }: URL, response: Response): string {
  const last = decodeURIComponent(pathname.split("/").findLast((part) => part !== "") ?? "page");
  const name = visible(last.replaceAll(/[^\p{L}\p{N}_.-]+/gu, "-"));
  if (/\.(?:md|mdx|markdown|json|ya?ml)$/i.test(name)) return name;
  const type = response.headers.get("content-type") ?? "";
  if (/json/i.test(type)) return `${name}.json`;
  return /yaml/i.test(type) ? `${name}.yaml` : `${name}.md`;
}

/** A name that is not hidden, and no backup. */
function visible(name: string): string {
  return name.replace(/^\.+|~+$/g, "") || "page.md";
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? cause.message : error.message;
}
