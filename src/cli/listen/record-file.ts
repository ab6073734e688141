import { Buffer } from "node:buffer";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { CommandError } from "../command-error.js";
import type { PageDelivery } from "../page/protocol.js";
import { hideHeaders } from "./hide-headers.js";
import type { Arrival } from "./arrival.js";

/** A file with every delivery, one line of JSON each. */
export interface RecordFile {
  /** Appends a delivery, and resolves when the line is written. */
  readonly add: (delivery: PageDelivery, arrival: Arrival) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Only the owner may read it, because deliveries contain private messages. */
const MODE = 0o600;

/**
 * Opens or creates the file for appending.
 *
 * @throws {CommandError} when it cannot be written.
 */
export async function openRecordFile(path: string): Promise<RecordFile> {
  const { O_APPEND, O_CREAT, O_WRONLY, O_NONBLOCK } = constants;
  const file = await open(path, O_APPEND | O_CREAT | O_WRONLY | O_NONBLOCK, MODE).catch(
    (cause: unknown) => {
      const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
      throw new CommandError("record", `--record cannot write the file (${code}); check the path`, {
        cause,
      });
    },
  );
  if (!(await file.stat()).isFile()) {
    await file.close();
    throw new CommandError(
      "record",
      "--record must name a regular file, not a folder, pipe or device",
    );
  }
  // An existing file may be readable for everybody.
  await file.chmod(MODE);
  let last: Promise<unknown> = Promise.resolve();
  return {
    add: (delivery, arrival) => {
      // One after the other, so that lines never mix.
      const written = last.then(() => file.appendFile(`${toLine(delivery, arrival)}\n`));
      last = written.catch(() => undefined);
      return written;
    },
    close: async () => {
      await last;
      await file.close();
    },
  };
}

function toLine(delivery: PageDelivery, { headers, body = Buffer.alloc(0) }: Arrival): string {
  const { receivedAt, event, eventId, from, signature, outcome, status, duration } = delivery;
  const { attempt, forward } = delivery;
  const text = body.toString("utf8");
  const isText = Buffer.from(text, "utf8").equals(body);
  return JSON.stringify({
    version: 1,
    ...{ received_at: receivedAt, event_type: event, event_id: eventId, from, signature },
    ...{ outcome, status, duration, attempt, forward },
    headers: hideHeaders(headers),
    // The exact bytes, so that a signed body can be resent.
    ...(isText ? { body: text } : { body_base64: body.toString("base64") }),
  });
}
