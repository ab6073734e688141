/** The paths of `/_/api/` that change something. */
type Action = "example" | "resend" | "forward" | "fault" | "switch";

/**
 * Sends an action to the server.
 *
 * @throws {Error} with the message of the server, or with advice if it does not respond.
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
    throw new Error("The command does not answer: check that it is still running.", {
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
