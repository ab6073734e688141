/** The paths of `/_/api/` that change something. */
type Action = "example" | "resend" | "forward" | "fault" | "switch";

/**
 * Asks the server to do something.
 *
 * @throws {Error} with the sentence of the server, or with what to do when there is no server.
 */
export function act(action: Action, input: object): Promise<unknown> {
  return request(action, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
}

/** Reads from the server; throws like {@link act}. */
export function read(path: string): Promise<unknown> {
  return request(path);
}

async function request(path: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(`/_/api/${path}`, init).catch((cause: unknown) => {
    throw new Error("The command does not answer: see whether it still runs in its terminal.", {
      cause,
    });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const isExplained = typeof answer === "object" && answer !== null && "message" in answer;
  throw new Error(
    isExplained ? String(answer.message) : `The command answered ${response.status}.`,
  );
}
