import { LinqApiError } from "../errors/api-error.js";
import { SecretLostError } from "../errors/secret-lost-error.js";
import { SubscriptionNotFoundError } from "../errors/subscription-not-found-error.js";
import type { Call } from "../http/call.js";
import type { Http } from "../http/http.js";
import { isInDoubt } from "../http/retry.js";
import type { CompleteInput } from "./input.js";
import { listAll } from "./list-all.js";
import { readPage } from "./page.js";
import type { WebhookSubscription } from "./subscription.js";
import { readWritten, type Written } from "./read-written.js";

/** The four operations of the API, as the methods use them. */
export interface Requests {
  /** Every subscription that the token can see, or an error: never a part of them. */
  list(call: Call): Promise<WebhookSubscription[]>;
  post(call: Call, input: CompleteInput): Promise<Written>;
  /**
   * @throws {SubscriptionNotFoundError} when the target is gone.
   * @throws {SecretLostError} when the write has cost it its secret.
   * @throws {InvalidResponseError} when the server has stored something else.
   */
  put(call: Call, target: WebhookSubscription, input: CompleteInput): Promise<WebhookSubscription>;
  /** @throws {SubscriptionNotFoundError} when there is none with this id. */
  remove(call: Call, id: number): Promise<void>;
}

const COLLECTION = "/api/partner/v2/webhook_subscriptions";
const MEMBER = "/api/partner/v2/webhook_subscriptions/{webhook_subscription_id}";

export function createRequests(http: Http): Requests {
  return {
    list: (call) =>
      listAll(async (page) => {
        // The specification knows no parameters here; only a list that says it has pages gets one.
        const params = page === 1 ? {} : { query: { page } as never };
        const answer = await http.request(call, (api, options) =>
          api.GET(COLLECTION, { ...options, params }),
        );
        return readPage(answer, page);
      }),
    post: async (call, input) => {
      const body = { webhook_subscription: input };
      const answer = await http.request(call, (api, options) =>
        api.POST(COLLECTION, { ...options, body }),
      );
      return readWritten(answer, input);
    },
    put: async (call, target, input) => {
      const body = { webhook_subscription: input };
      const answer = await orNotFound(target.id, () =>
        http.request(call, (api, options) =>
          api.PUT(MEMBER, { ...options, body, params: at(target.id) }),
        ),
      );
      const { subscription, mismatch } = readWritten(answer, input, target.id);
      if (target.secret_configured === true && subscription.secret_configured === false) {
        throw new SecretLostError(target.id);
      }
      if (mismatch) throw mismatch;
      return subscription;
    },
    remove: async (call, id) => {
      const before = call.attempts.length;
      try {
        await orNotFound(id, () =>
          http.request(call, (api, options) => api.DELETE(MEMBER, { ...options, params: at(id) })),
        );
      } catch (error) {
        // An earlier attempt whose end nobody saw has deleted it.
        const wasInDoubt = call.attempts.slice(before).some(isInDoubt);
        if (!wasInDoubt || !(error instanceof SubscriptionNotFoundError)) throw error;
      }
    },
  };
}

function at(id: number): { path: { webhook_subscription_id: number } } {
  return { path: { webhook_subscription_id: id } };
}

async function orNotFound<T>(id: number, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof LinqApiError) || error.status !== 404) throw error;
    throw new SubscriptionNotFoundError(id, { cause: error });
  }
}
