import { checkPositive } from "../checks/check-positive.js";
import { notify } from "../checks/notify.js";
import { ownMembers } from "../checks/own-members.js";
import { InvalidEventError } from "../errors/invalid-event-error.js";
import { parseReceiverOptions } from "./parse-receiver-options.js";
import { readBody } from "./read-body.js";
import type { ReceiveContext, Receipt, Receiver, ReceiverOptions } from "./receiver.js";
import { createTakeDelivery, type Incoming } from "./take-delivery.js";
import { startTimer } from "./timer.js";
import { toBytes } from "./to-bytes.js";

/** For a body that is not read to its end: Node would go on and read it all, even one without end. */
const HANG_UP = { connection: "close" };

const CLOSED = { status: 503, body: "closed", outcome: "closed" } as const;

/**
 * Makes a receiver: it verifies deliveries, hands each event to its handler once, and answers.
 *
 * @throws {InvalidInputError} when an option is not usable, above all when there is no secret.
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
  const atWork = new Set<Promise<unknown>>();
  const takeDelivery = createTakeDelivery(settings, track);
  let isClosed = false;

  return {
    fetch: async (request, context) => {
      if (request.method !== "POST") {
        return new Response("only POST", { status: 405, headers: { ...HANG_UP, allow: "POST" } });
      }
      const { headers, bodyUsed, body: stream } = request;
      // Found out by the function below, which the compiler does not follow.
      let isUnread = true as boolean;
      const { status, body } = await start(({ due }) => ({
        headers,
        read: async () => {
          // One that somebody has read, or is reading, is as good as parsed.
          const bytes =
            bodyUsed || stream?.locked ? toBytes(null) : await readBody(request, maxBodyBytes, due);
          isUnread = false;
          return bytes;
        },
        context: canWait(context) ? context : {},
      }));
      return new Response(body, { status, headers: isUnread ? HANG_UP : {} });
    },
    receive: ({ body, headers }, context = {}) =>
      start(() => ({
        headers,
        read: () => checkSize(toBytes(body), maxBodyBytes),
        context,
      })),
    close: async (closeOptions = {}) => {
      const { timeout = Infinity } = ownMembers(closeOptions);
      checkPositive({ timeout });
      isClosed = true;
      const { up, stop } = startTimer(timeout);
      const isOver = await Promise.race([settleAll().then(() => true), up.then(() => false)]);
      stop();
      if (isOver) return;
      const error = new Error(`closed after ${timeout} ms, with handlers still at work`);
      notify(settings.onError, error, undefined);
    },
  };

  /** Also waits for what comes up meanwhile. */
  async function settleAll(): Promise<void> {
    while (atWork.size > 0) await Promise.allSettled(atWork);
  }

  /** Holds a delivery to its time, and `close` to the delivery. */
  async function start(
    describe: (time: Pick<Incoming, "due">) => Omit<Incoming, "due">,
  ): Promise<Receipt> {
    const startedAt = performance.now();
    const { up: due, stop } = startTimer(ackTimeout);
    const taken = isClosed ? CLOSED : takeDelivery({ due, ...describe({ due }) });
    const answered = Promise.resolve(taken).then((outcome) => {
      stop();
      const receipt: Receipt = { ...outcome, duration: performance.now() - startedAt };
      notify(settings.onReceipt, receipt);
      return receipt;
    });
    if (!isClosed) track(answered);
    return answered;
  }

  function track(work: Promise<unknown>): void {
    atWork.add(work);
    const leave = (): void => {
      atWork.delete(work);
    };
    work.then(leave, leave);
  }
}

/** Servers pass all sorts of things as the second argument, null included. */
function canWait(context: unknown): context is ReceiveContext {
  return typeof (context as ReceiveContext | null | undefined)?.waitUntil === "function";
}

function checkSize(body: Uint8Array, maxBytes: number): Uint8Array {
  if (body.length <= maxBytes) return body;
  throw new InvalidEventError("", `at most ${maxBytes} bytes`, 413);
}
