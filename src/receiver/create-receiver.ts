import { checkPositive } from "../checks/check-positive.js";
import { notify } from "../checks/notify.js";
import { ownMembers } from "../checks/own-members.js";
import { checkSize } from "./check-size.js";
import { HANG_UP, type Intake, ONLY_POST, type Read } from "./intake.js";
import { createNodeListener } from "./node-listener.js";
import { parseReceiverOptions } from "./parse-receiver-options.js";
import { readBody } from "./read-body.js";
import type { ReceiveContext, Receipt, Receiver, ReceiverOptions } from "./receiver.js";
import { createTakeDelivery, type Outcome } from "./take-delivery.js";
import { createDeadline, startTimer } from "./timer.js";
import { toBytes } from "./to-bytes.js";

/**
 * Creates a receiver. It verifies deliveries, passes each event to its handler once, and answers.
 *
 * @throws {InvalidInputError} when an option is invalid, above all when `secret` is missing.
 *
 * @example
 * ```ts
 * const receiver = createReceiver({
 *   secret,
 *   on: { "message.received": ({ data }) => console.log(data.from_phone, data.text) },
 * });
 * export default { fetch: receiver.fetch };
 * ```
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  const settings = parseReceiverOptions(options);
  const { ackTimeout, maxBodyBytes } = settings;
  const takeDelivery = createTakeDelivery(settings, track);
  let isClosed = false;
  /** How many deliveries are in progress, and what to call when the last one ends. */
  let atWork = 0;
  let tellIdle = (): void => undefined;

  return {
    fetch: async (request, context) => {
      if (request.method !== "POST") return new Response(ONLY_POST.body, ONLY_POST);
      const { headers, bodyUsed, body: stream } = request;
      // The function below sets it, which the compiler does not see.
      let isUnread = true as boolean;
      const read: Read = async (due) => {
        // A body that other code has read or is reading is refused like a parsed one.
        const bytes =
          bodyUsed || stream?.locked ? toBytes(null) : await readBody(request, maxBodyBytes, due());
        isUnread = false;
        return bytes;
      };
      const { status, body } = await take(headers, read, canWait(context) ? context : {});
      return new Response(body, { status, headers: isUnread ? HANG_UP : {} });
    },
    receive: ({ body, headers }, context = {}) =>
      take(headers, () => readWhole(body, maxBodyBytes), context),
    node: createNodeListener(take, maxBodyBytes),
    close: async (closeOptions = {}) => {
      const { timeout = Infinity } = ownMembers(closeOptions);
      checkPositive({ timeout });
      isClosed = true;
      const { up, stop } = startTimer(timeout);
      const isOver = await Promise.race([whenIdle().then(() => true), up.then(() => false)]);
      stop();
      if (isOver) return;
      const error = new Error(`closed after ${timeout} ms, with handlers still running`);
      notify(settings.onError, error, undefined);
    },
  };

  /** Gives a delivery its deadline, and lets `close` wait for it. */
  async function take(...[headers, read, context]: Parameters<Intake>): Promise<Receipt> {
    const startedAt = performance.now();
    const { due, stop } = createDeadline(ackTimeout, startedAt);
    const isCounted = !isClosed;
    if (isCounted) atWork++;
    const outcome: Outcome = isClosed
      ? { status: 503, body: "closed", outcome: "closed" }
      : await takeDelivery({ headers, read, due, context });
    stop();
    const receipt = Object.assign(outcome, { duration: performance.now() - startedAt });
    notify(settings.onReceipt, receipt);
    if (isCounted) leave();
    return receipt;
  }

  function track(work: Promise<unknown>): void {
    atWork++;
    work.then(leave, leave);
  }

  function leave(): void {
    atWork--;
    if (atWork === 0) tellIdle();
  }

  /** Also waits for work that begins in the meantime. */
  function whenIdle(): Promise<void> {
    if (atWork === 0) return Promise.resolve();
    const others = tellIdle;
    return new Promise((resolve) => {
      tellIdle = () => {
        others();
        resolve();
      };
    });
  }
}

/** Servers pass all kinds of values as the second argument, including null. */
function canWait(context: unknown): context is ReceiveContext {
  return typeof (context as ReceiveContext | null | undefined)?.waitUntil === "function";
}

function readWhole(body: unknown, maxBytes: number): Uint8Array {
  const bytes = toBytes(body);
  checkSize(bytes.length, maxBytes);
  return bytes;
}
