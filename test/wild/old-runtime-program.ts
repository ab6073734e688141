/**
 * Uses the client in a runtime without the features that the arguments name. It calls the server
 * whose URL is first, and one that never answers, and prints the results as JSON.
 */
const [baseUrl = "", silentUrl = "", ...features] = process.argv.slice(2);

const REMOVE: Readonly<Record<string, () => void>> = {
  "URL.canParse": () => Reflect.deleteProperty(URL, "canParse"),
  throwIfAborted: () => Reflect.deleteProperty(AbortSignal.prototype, "throwIfAborted"),
  "AbortSignal.any": () => Reflect.deleteProperty(AbortSignal, "any"),
  "signal.reason": () => Reflect.deleteProperty(AbortSignal.prototype, "reason"),
  "navigator.locks": () => Reflect.deleteProperty(globalThis, "navigator"),
  crypto: () => Reflect.deleteProperty(globalThis, "crypto"),
  Request: () => Reflect.deleteProperty(globalThis, "Request"),
  TextDecoder: () => {
    // Node's own `fetch` needs it while it loads, so it is loaded here.
    new Response();
    Reflect.deleteProperty(globalThis, "TextDecoder");
  },
  "Object.groupBy": () => Reflect.deleteProperty(Object, "groupBy"),
  fetch: () => Reflect.deleteProperty(globalThis, "fetch"),
};
for (const feature of features) REMOVE[feature]?.();

const { createLinqClient } = await import("../../src/index.js");

const token = "a-token-of-the-test";
const { webhookSubscriptions } = createLinqClient({ token, baseUrl });
const silent = createLinqClient({ token, baseUrl: silentUrl });
const input = { webhook_url: "https://a.example/hook", events: ["message.received" as const] };

/** How a call ends. */
async function ending(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    const { name, message, code } = error as { name: string; message: string; code?: string };
    return { name, message, code };
  }
}

const aborted = new AbortController();
const late = new AbortController();
aborted.abort();
const waiting = ending(webhookSubscriptions.list({ signal: late.signal }));
late.abort();

console.log(
  JSON.stringify({
    ensured: await ending(webhookSubscriptions.ensure(input)),
    again: await ending(webhookSubscriptions.ensure(input)),
    aborted: await ending(webhookSubscriptions.list({ signal: aborted.signal })),
    late: await waiting,
    timeout: await ending(silent.webhookSubscriptions.list({ totalTimeout: 50 })),
  }),
);
