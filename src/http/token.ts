import { checkToken } from "../checks/check-secret.js";

/** The integration token, or a function that returns it before each request. */
export type Token = string | (() => string | Promise<string>);

/** The current value of the token. */
export async function resolveToken(token: Token): Promise<string> {
  return checkToken(typeof token === "function" ? await token() : token);
}
