import { createHmac as startHmac } from "node:crypto";
import { env } from "node:process";
import type { Hmac } from "./runtime.js";

/** With node:crypto, which is many times as fast as Web Crypto for a small body. */
export function createHmac(secret: string): Hmac {
  return (body) => startHmac("sha256", secret).update(body).digest();
}

/** What platforms set that freeze the process, or starve it, once the request is answered. */
const FREEZING = ["AWS_LAMBDA_FUNCTION_NAME", "VERCEL", "K_SERVICE"];

export const outlivesAnswer = !FREEZING.some((name) => name in env);
