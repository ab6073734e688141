import { checkToken } from "../checks/check-secret.js";

/** The integration token, or a function that gets it whenever a request is about to be sent. */
export type Token = string | (() => string | Promise<string>);

/** The token's value, now. */
export async function resolveToken(token: Token): Promise<string> {
  return checkToken(typeof token === "function" ? await token() : token);
}
