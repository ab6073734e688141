import { describe, expect, it } from "vitest";
import { hideInErrors } from "../../../src/cli/input/hide-in-errors.js";

const redact = (text: string): string => text.replaceAll("s3ntinel", "[REDACTED]");

async function answerOf(response: Response): Promise<Response> {
  return hideInErrors(() => Promise.resolve(response), redact)("https://a.example");
}

describe("hideInErrors", () => {
  it("hides values in the body of an error, and leaves the rest unchanged", async () => {
    const headers = { "content-type": "text/plain", "retry-after": "7" };
    const answer = await answerOf(new Response("no s3ntinel", { status: 429, headers }));
    expect(answer.status).toBe(429);
    expect(Object.fromEntries(answer.headers)).toEqual(headers);
    expect(await answer.text()).toBe("no [REDACTED]");
  });

  it("hides values in an HTML page in place of an answer", async () => {
    const answer = await answerOf(new Response("<title>s3ntinel</title>", { status: 200 }));
    expect(await answer.text()).toBe("<title>[REDACTED]</title>");
  });

  it("changes no other response", async () => {
    for (const response of [
      Response.json(["s3ntinel"], { status: 201 }),
      new Response(null, { status: 204 }),
      new Response(null, { status: 500 }),
      Response.redirect("https://b.example/s3ntinel"),
    ]) {
      expect(await answerOf(response)).toBe(response);
    }
  });
});
