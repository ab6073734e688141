/**
 * A client as a process of its own, which writes what its parent tells it to, and reports the
 * result. It shares nothing with its siblings but the API.
 */
import { composeClient } from "../../src/client.js";
import { isLinqError } from "../../src/errors/index.js";
import { hurriedClock, timedFetch } from "./hurried-clock.js";
import { type Turn, WRITE, type Writer } from "./writes.js";

/** What it is told to do. */
export interface WriterOrder extends Omit<Turn, "linq"> {
  readonly baseUrl: string;
  /** Its token. */
  readonly name: string;
  readonly kind: Writer;
}

/** The result: nothing, or the code of an error. */
export interface WriterReport {
  readonly error?: string;
}

async function carryOut({ baseUrl, name, kind, ...turn }: WriterOrder): Promise<WriterReport> {
  const token = name.padEnd(6, "-");
  const linq = composeClient({ token, baseUrl, fetch: timedFetch }, hurriedClock);
  try {
    await WRITE[kind]({ ...turn, linq });
    return {};
  } catch (error) {
    return { error: isLinqError(error) ? error.code : String(error) };
  }
}

process.on("message", (order) => {
  // The parent sends nothing else.
  void carryOut(order as WriterOrder).then((report) => process.send?.(report));
});
process.send?.({});
