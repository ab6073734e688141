import { describe, expect, it } from "vitest";
import { hideInErrors } from "../../../src/cli/input/hide-in-errors.js";

const redact = (text: string): string => text.replaceAll("s3ntinel", "[REDACTED]");

async function answerOf(response: Response): Promise<Response> {
  return hideInErrors(() => Promise.resolve(response), redact)("https://a.example");
}

describe("hideInErrors", () => {
  it("hides values in the body of an error, and leaves the rest as it is", async () => {
    const headers = { "content-type": "text/plain", "retry-after": "7" };
    const answer = await answerOf(new Response("no s3ntinel", { status: 429, headers }));
    expect(answer.status).toBe(429);
    expect(Object.fromEntries(answer.headers)).toEqual(headers);
    expect(await answer.text()).toBe("no [REDACTED]");
  });

  it("hides values in a page that comes instead of an answer", async () => {
    const page = "\n<title>s3ntinel</title>";
    const answer = await answerOf(new Response(page, { status: 200 }));
    expect(await answer.text()).toBe("\n<title>[REDACTED]</title>");
  });

  it("touches nothing else", async () => {
    const list = await answerOf(new Response('["s3ntinel"]', { status: 201 }));
    expect([list.status, await list.text()]).toEqual([201, '["s3ntinel"]']);
    for (const response of [
      new Response(null, { status: 204 }),
      new Response(null, { status: 500 }),
      Response.redirect("https://b.example/s3ntinel"),
    ]) {
      expect(await answerOf(response)).toBe(response);
    }
  });
});
