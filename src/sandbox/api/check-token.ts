import type { OperationDescription } from "../../../generated/operations.js";
import { Refusal } from "./refusal.js";

/** @throws {Refusal} 401 when the operation needs a token and the request does not have it. */
export function checkToken(
  request: Pick<Request, "headers">,
  { tokenHeader }: Pick<OperationDescription, "tokenHeader">,
  token: string | undefined,
): void {
  if (tokenHeader === null) return;
  const given = request.headers.get(tokenHeader) ?? "";
  if (given === "") throw new Refusal(401, `The header ${tokenHeader} is missing`);
  if (token !== undefined && given !== token) {
    throw new Refusal(401, `The header ${tokenHeader} does not have the token of this sandbox`);
  }
}
