/** What a request is answered with; a cut connection is not an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for none. */
  readonly text: string;
}

export function answerJson(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    text: JSON.stringify(body),
  };
}

export function answerEmpty(status: number): Answer {
  return { status, headers: {}, text: "" };
}

/** An error in the shape that the vendor documents. */
export function answerError(
  status: number,
  code: string,
  errors: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const body = { status: "error", error_code: code, message: errors.join(" "), errors };
  return answerJson(status, body, headers);
}

/** The answer of a gateway, which knows nothing of the API. */
export function answerHtml(status: number): Answer {
  const text = `<!doctype html><title>${status}</title><h1>${status}</h1>`;
  return { status, headers: { "content-type": "text/html" }, text };
}
