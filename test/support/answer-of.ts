import { type Answer, readAnswer } from "../../src/http/answer.js";
import { callOf } from "./call-of.js";

/** The answer that a 200 with this JSON produces. */
export function answerOf(body: unknown, headers: Record<string, string> = {}): Answer {
  // Without a body there is no text, and so no JSON.
  const text = body === undefined ? "" : JSON.stringify(body);
  const answer = {
    status: 200,
    headers: new Headers({ "content-type": "application/json", ...headers }),
    text,
    json: text === "" ? undefined : { value: JSON.parse(text) as unknown },
  };
  const context = { method: "GET", path: "/subscriptions", attempts: [] };
  return readAnswer(answer, context, callOf());
}
