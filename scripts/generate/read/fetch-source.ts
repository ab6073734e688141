import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { GenerateError } from "../generate-error.js";
import type { RawFile } from "./read-folder.js";

/** In bytes. A reference with hundreds of operations has a tenth of that size. */
const MAX_BYTES = 20 * 1024 * 1024;

/** For the whole request, with redirects and body, in ms. */
const TIMEOUT = 30_000;

const MAX_REDIRECTS = 5;

/**
 * Fetches an `https:` URL or reads a file. The result has the name that the file gets in spec/.
 *
 * @param timeout - in ms, for the whole request.
 */
export async function fetchSource(source: string, timeout = TIMEOUT): Promise<RawFile> {
  return /^[a-z][a-z0-9+.-]+:/i.test(source) ? fetchAddress(source, timeout) : readSource(source);
}

async function readSource(path: string): Promise<RawFile> {
  try {
    return { name: `spec/${visible(basename(path))}`, bytes: await readFile(path) };
  } catch (error) {
    const message = `--from ${path} cannot be read: give the path of a file or an https: URL.`;
    throw new GenerateError(message, { cause: error });
  }
}

async function fetchAddress(source: string, timeout: number): Promise<RawFile> {
  const signal = AbortSignal.timeout(timeout);
  try {
    const address = new URL(source);
    const response = await follow(address, signal, MAX_REDIRECTS);
    if (!response.ok) throw new GenerateError(`the server answered ${response.status}`);
    return { name: `spec/${nameOf(address, response)}`, bytes: await readBody(response) };
  } catch (error) {
    const reason = signal.aborted ? `it took longer than ${timeout / 1000} s` : explain(error);
    throw new GenerateError(
      `--from ${source} cannot be fetched: ${reason}; give another https: URL or the path of a file.`,
      { cause: error },
    );
  }
}

async function follow(address: URL, signal: AbortSignal, rest: number): Promise<Response> {
  if (address.protocol !== "https:") {
    throw new GenerateError(`expected an https: URL, but got ${address.protocol}`);
  }
  const response = await fetch(address, { redirect: "manual", signal });
  const location = response.headers.get("location");
  if (response.status < 300 || response.status > 399 || location === null) return response;
  await response.body?.cancel();
  if (rest === 0) throw new GenerateError(`it redirected more than ${MAX_REDIRECTS} times`);
  return follow(new URL(location, address), signal, rest - 1);
}

async function readBody(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    // `fetch` yields byte arrays, but the type of the stream does not say so.
    chunks.push(chunk);
    size += (chunk as Uint8Array).byteLength;
    if (size > MAX_BYTES) throw new GenerateError(`it is larger than ${MAX_BYTES / 1024 ** 2} MiB`);
  }
  return Buffer.concat(chunks);
}

/** The last part of the path, with an extension for the type of the content. */
function nameOf({ pathname }: URL, response: Response): string {
  const last = decodeURIComponent(pathname.split("/").findLast((part) => part !== "") ?? "page");
  const name = visible(last.replaceAll(/[^\p{L}\p{N}_.-]+/gu, "-"));
  if (/\.(?:md|mdx|markdown|json|ya?ml)$/i.test(name)) return name;
  const type = response.headers.get("content-type") ?? "";
  if (/json/i.test(type)) return `${name}.json`;
  return /yaml/i.test(type) ? `${name}.yaml` : `${name}.md`;
}

/** Changes names of hidden files and of backups, which would be ignored in spec/. */
function visible(name: string): string {
  return name.replace(/^\.+|~+$/g, "") || "page.md";
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? cause.message : error.message;
}
