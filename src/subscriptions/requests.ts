import { LinqApiError } from "../errors/api-error.js";
import { InvalidResponseError } from "../errors/invalid-response-error.js";
import { SecretLostError } from "../errors/secret-lost-error.js";
import type { Call } from "../http/call.js";
import type { Http } from "../http/http.js";
import { isInDoubt } from "../http/retry.js";
import type { Late } from "./confirmed.js";
import type { CompleteInput } from "./input.js";
import { listAll } from "./list-all.js";
import { readPage } from "./page.js";
import { shareReadings } from "./share-readings.js";
import type { WebhookSubscription } from "./subscription.js";
import { readWritten, type Stored } from "./read-written.js";

/**
 * The four operations of the API for the methods. No write is sent, or sent again, after `freshUntil`, in
 * ms of the clock. A write throws a 404 like any other error: only a list shows whether the subscription is
 * gone, or a proxy or gateway answered.
 */
export interface Requests {
  /** Returns every subscription that the token can see, or throws; it never returns a partial list. */
  list(call: Call): Promise<WebhookSubscription[]>;
  post(call: Call, input: CompleteInput, freshUntil?: number): Promise<Stored>;
  /**
   * @throws {SecretLostError} when the subscription lost its secret.
   * @throws {InvalidResponseError} when the server has stored other values.
   */
  put(
    call: Call,
    target: WebhookSubscription,
    input: CompleteInput,
    freshUntil?: number,
  ): Promise<WebhookSubscription>;
  remove(call: Call, id: number, freshUntil?: number): Promise<void>;
  /** Makes the error for a list that never shows a write. */
  staleList(call: Pick<Call, "attempts">, late: Late): InvalidResponseError;
}

const COLLECTION = "/api/partner/v2/webhook_subscriptions";
const MEMBER = "/api/partner/v2/webhook_subscriptions/{webhook_subscription_id}";

export function createRequests({ run, request, createMessage }: Http): Requests {
  const { read, afterWrite } = shareReadings(run, (call) =>
    listAll(async (page) => {
      // The specification has no parameters here; only a list that reports pages gets one.
      const params = page === 1 ? {} : { query: { page } as never };
      return readPage(await request(call, createMessage("get", COLLECTION, { params })), page);
    }),
  );
  const write: Http["request"] = (...parts) => afterWrite(request(...parts));
  return {
    list: read,
    post: async (call, input, freshUntil) => {
      const body = { webhook_subscription: input };
      const message = createMessage("post", COLLECTION, { body });
      return readWritten(await write(call, message, freshUntil), input);
    },
    put: async (call, target, input, freshUntil) => {
      const body = { webhook_subscription: input };
      const message = createMessage("put", MEMBER, { body, params: at(target.id) });
      const answer = await write(call, message, freshUntil);
      const { subscription, mismatch } = readWritten(answer, input, target.id);
      if (target.secret_configured === true && subscription.secret_configured === false) {
        throw new SecretLostError(target.id);
      }
      if (mismatch) throw mismatch(`webhook subscription ${target.id} was not changed back`);
      return subscription;
    },
    remove: async (call, id, freshUntil) => {
      const before = call.attempts.length;
      try {
        await write(call, createMessage("delete", MEMBER, { params: at(id) }), freshUntil);
      } catch (error) {
        // An earlier attempt in doubt has deleted it.
        const wasInDoubt = call.attempts.slice(before).some(isInDoubt);
        if (!wasInDoubt || !isMissing(error)) throw error;
      }
    },
    staleList: ({ attempts }, { kind, subscription }) =>
      new InvalidResponseError(
        {
          status: 200,
          contentType: undefined,
          field: "webhook_subscriptions",
          expected: `current, but after two attempts it still shows webhook subscription ${subscription.id} as it was before it was ${kind}`,
          preview: "",
          advice: "the client has stopped writing; find out what answers with an old list",
        },
        { method: "GET", path: COLLECTION, attempts },
      ),
  };
}

function at(id: number): { path: { webhook_subscription_id: number } } {
  return { path: { webhook_subscription_id: id } };
}

/** Whether the error is a 404 of the API. */
export function isMissing(error: unknown): error is LinqApiError {
  return error instanceof LinqApiError && error.status === 404;
}
