import { signBody } from "../../receiver/sign-body.js";
import { createHeaders } from "./create-headers.js";
import type { Post } from "./post.js";
import type { Entry } from "../api/store.js";

/** One attempt to deliver an event to one subscription. */
export interface Delivery {
  /** The id of the subscription. */
  readonly subscriptionId: number;
  /** The webhook URL to which it was sent. */
  readonly url: string;
  /** The name of the event. */
  readonly event_type: string;
  /** The id of the event in this delivery; the switch `twinEventIds` says which deliveries share one. */
  readonly event_id: string;
  /** The headers that were sent. */
  readonly headers: Readonly<Record<string, string>>;
  /** The exact body that was sent. */
  readonly body: string;
  /** The value of `X-Webhook-Signature`; undefined if the subscription has no secret. */
  readonly signature: string | undefined;
  /** The number of this attempt for its event and subscription; the first is 1. */
  readonly attempt: number;
  /** The time until the headers of the answer arrived, or until it failed, in ms. */
  readonly duration: number;
  /** The status of the receiver's answer; undefined if it did not answer. Only 2xx means delivered. */
  readonly status: number | undefined;
  /** Why the receiver did not answer; undefined if it did, whatever the status. */
  readonly error: string | undefined;
}

/** An event, ready to be sent. */
export interface WebhookEvent {
  readonly id: string;
  readonly type: string;
  readonly body: string;
}

/** In ms. The vendor expects an answer within 10 s. */
const DEADLINE = 10_000;

/** Sends an event to a subscription. Never rejects: a failure is in the delivery. */
export async function deliver(
  event: WebhookEvent,
  { id, webhook_url, secret }: Pick<Entry, "id" | "webhook_url" | "secret">,
  post: Post,
  attempt = 1,
): Promise<Delivery> {
  const signature = secret === "" ? undefined : await signBody(event.body, secret);
  const headers = createHeaders(signature);
  const start = performance.now();
  const outcome = await withinDeadline((signal) =>
    post(webhook_url, { headers, body: event.body, redirect: "manual", signal }),
  ).then(describeResponse, describeFailure);
  return {
    subscriptionId: id,
    url: webhook_url,
    event_type: event.type,
    event_id: event.id,
    headers,
    body: event.body,
    signature,
    attempt,
    duration: performance.now() - start,
    ...outcome,
  };
}

type Outcome = Pick<Delivery, "status" | "error">;

async function withinDeadline<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`No answer within ${DEADLINE / 1000} s`);
      controller.abort(error);
      reject(error);
    }, DEADLINE);
  });
  try {
    return await Promise.race([task(controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function describeResponse(response: Response): Outcome {
  // The body does not matter, but an unread body keeps its connection open. A failed cancel is harmless.
  response.body?.cancel().catch(() => undefined);
  if (response.type === "opaqueredirect") {
    return {
      status: undefined,
      error: "The receiver answered with a redirect, which is not followed",
    };
  }
  return { status: response.status, error: undefined };
}

function describeFailure(error: unknown): Outcome {
  if (!(error instanceof Error)) return { status: undefined, error: String(error) };
  // The message of `fetch` is only "fetch failed"; the reason is in its cause.
  const { message, cause } = error;
  const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
  return { status: undefined, error: reason };
}
