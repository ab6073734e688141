import type * as Client from "linq-webhooks";
import type * as Receiver from "linq-webhooks/receiver";
import type * as Stores from "linq-webhooks/stores";
import type * as Sync from "linq-webhooks/sync";

/** The files of the built package, which is what users run. */
interface Built {
  "index.js": typeof Client;
  "receiver/index.js": typeof Receiver;
  "stores/index.js": typeof Stores;
  "sync/index.js": typeof Sync;
}

/** Imports one of them from this repository, or from another copy at the URL of its folder. */
export async function built<File extends keyof Built>(
  file: File,
  root = new URL("../../", import.meta.url),
): Promise<Built[File]> {
  const url = new URL(`dist/src/${file}`, root);
  return (await import(url.href)) as Built[File]; // The file was compiled from the source of this type.
}
