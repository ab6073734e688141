import { createHmac as startHmac, createSecretKey } from "node:crypto";
import { env } from "node:process";
import type { Hmac } from "./runtime.js";

/** Uses node:crypto, which is many times as fast as Web Crypto for a small body. */
export function createHmac(secret: string): Hmac {
  const key = createSecretKey(secret, "utf8");
  return (body) => startHmac("sha256", key).update(body).digest("hex");
}

/**
 * Environment variables of platforms that freeze, throttle or end the process once the request is
 * answered: AWS Lambda and platforms built on it, Vercel, Netlify, Cloud Run and Cloud Functions, Azure
 * Functions, and Deno Deploy.
 */
const FREEZING = [
  "AWS_LAMBDA_FUNCTION_NAME",
  "LAMBDA_TASK_ROOT",
  "VERCEL",
  "NETLIFY",
  "K_SERVICE",
  "FUNCTION_TARGET",
  "FUNCTIONS_WORKER_RUNTIME",
  "DENO_DEPLOYMENT_ID",
];

export const outlivesAnswer = !FREEZING.some((name) => name in env);
