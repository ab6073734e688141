import type * as client from "linq-webhooks";
import type * as receiver from "linq-webhooks/receiver";
import type * as sandbox from "linq-webhooks/sandbox";
import type * as sync from "linq-webhooks/sync";

/** The entries of the package as one runtime has loaded them. */
export interface Entries {
  readonly client: typeof client;
  readonly receiver: typeof receiver;
  readonly sandbox: typeof sandbox;
  readonly sync: typeof sync;
}
