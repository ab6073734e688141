import { lookup } from "node:dns/promises";
import { failure, type Finding, ok, warning } from "./finding.js";
import { type Reach, reachOf, withoutBrackets } from "./reach.js";

/** The result of a DNS lookup on this machine. */
export type Resolution =
  | { readonly addresses: readonly string[]; readonly code?: undefined }
  | { readonly code: string; readonly addresses?: undefined };

/** Looks up the addresses of the host of a URL. */
export async function resolveHost({ hostname }: Pick<URL, "hostname">): Promise<Resolution> {
  try {
    const found = await lookup(withoutBrackets(hostname), { all: true });
    return { addresses: found.map(({ address }) => address) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "no code";
    return { code };
  }
}

/**
 * Checks whether the API can find and reach the host, as far as this machine can tell.
 *
 * @param isLocal - whether the API is also on this machine.
 */
export function checkAddress(host: string, resolution: Resolution, isLocal: boolean): Finding {
  if (resolution.addresses === undefined) {
    return failure(
      "address",
      `${host} has no address (${resolution.code})`,
      "correct the URL, or the DNS record of the host",
    );
  }
  const { addresses } = resolution;
  const reaches = new Set(addresses.map(reachOf));
  const what = `${host} has the address ${addresses.join(", ")}`;
  if (isLocal || (reaches.size === 1 && reaches.has("public"))) return ok("address", what);
  return reaches.has("public") ? EXPLAIN.mixed(what) : explainUnreachable(what, reaches);
}

function explainUnreachable(what: string, reaches: ReadonlySet<Reach>): Finding {
  return reaches.has("private") ? EXPLAIN.private(what) : EXPLAIN.loopback(what);
}

const EXPLAIN = {
  loopback: (what: string) =>
    failure(
      "address",
      `${what}, which is this machine, so Linq cannot reach it`,
      "give the receiver a public address, or use a tunnel",
    ),
  private: (what: string) =>
    warning(
      "address",
      `${what}, which is private, so Linq cannot reach it unless the name has a public address elsewhere`,
      "look up the name from outside this network, or give the receiver a public address",
    ),
  mixed: (what: string) =>
    warning(
      "address",
      `${what}, of which only some are public`,
      "remove the others from the DNS record, because Linq may try any of them",
    ),
} as const;
