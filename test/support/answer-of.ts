import { type Answer, readAnswer } from "../../src/http/answer.js";
import { callOf } from "./call-of.js";

/** The answer that a 200 with this JSON gives. */
export function answerOf(body: unknown, headers: Record<string, string> = {}): Answer {
  const data = JSON.stringify(body);
  const response = new Response(data, {
    headers: { "content-type": "application/json", ...headers },
  });
  return readAnswer(
    { data, response },
    { method: "GET", path: "/subscriptions", attempts: [] },
    callOf(),
  );
}
