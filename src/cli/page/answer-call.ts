import { isRecord } from "../../checks/check-fields.js";
import { describeExample } from "./example-form.js";
import type { PageBackend } from "./page-backend.js";
import { PageError } from "./page-error.js";

/** The input of a call from the page. */
interface CallInput {
  readonly query: URLSearchParams;
  /** A JSON text. */
  readonly body: string;
}

type Call = (backend: PageBackend, input: CallInput) => object | Promise<object>;

/** The calls of the page, by method and path. */
const CALLS: Readonly<Record<string, Call>> = {
  "GET state": (backend) => backend.state(),
  "GET example": (_backend, { query }) => describeExample(query.get("event") ?? ""),
  "POST example": async (backend, input) => {
    const { event, data } = readFields(input);
    if (data !== undefined && !isRecord(data))
      throw new PageError(400, "`data` must be an object.");
    return { id: await backend.sendExample({ event: readText(event, "event"), data }) };
  },
  "POST resend": async (backend, input) => ({
    id: await backend.resend(readText(readFields(input)["id"], "id")),
  }),
  "POST forward": (backend, input) => backend.forward(readText(readFields(input)["id"], "id")),
  "POST fault": (backend, input) => {
    const { name, isOn } = readFields(input);
    if (typeof isOn !== "boolean") throw new PageError(400, "`isOn` must be true or false.");
    backend.setFault(readText(name, "name"), isOn);
    return backend.state();
  },
  "POST switch": (backend, input) => {
    const { name, value } = readFields(input);
    backend.setSwitch(readText(name, "name"), value);
    return backend.state();
  },
};

/**
 * Answers a call from the page.
 *
 * @param name - the method and the path, such as `GET state`.
 * @throws {PageError} for an unknown call or invalid input.
 */
export function answerCall(
  name: string,
  input: CallInput,
  backend: PageBackend,
): object | Promise<object> {
  const call = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
  if (!call) throw new PageError(404, "Unknown call.");
  return call(backend, input);
}

function readFields({ body }: CallInput): Readonly<Record<string, unknown>> {
  const fields = parse(body);
  if (isRecord(fields)) return fields;
  throw new PageError(400, "The body must be a JSON object.");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readText(value: unknown, field: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new PageError(400, `\`${field}\` must be a non-empty string.`);
}
