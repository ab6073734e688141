import { EVENT_NAMES } from "../../../generated/constants.js";
import { parseUrl } from "../../checks/parse-url.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import { checkEvent } from "../input/check-event.js";
import { API_OPTIONS, EVENTS_OPTION } from "../input/connect.js";
import { readPort } from "../input/read-port.js";
import { PAGE_ROOT } from "../page/session.js";
import type { Ending } from "./hold-subscription.js";
import {
  checkListenerName,
  defaultListenerName,
  type ListenerUrl,
  toListenerUrl,
} from "./listener-url.js";

/** Next to the port of the sandbox, and rarely taken. */
const DEFAULT_PORT = "4011";

/** In seconds: Linq waits 10, and the way takes a little. */
const DEFAULT_TIMEOUT = "9.5";

const ENDINGS = ["leave", "pause", "delete"] as const satisfies Ending[];

export const LISTEN_OPTIONS = {
  port: {
    type: "string",
    value: "<n>",
    summary: `serve on this port, ${DEFAULT_PORT} unless given; 0 takes a free one`,
  },
  path: {
    type: "string",
    value: "<path>",
    summary: "take deliveries at this path, /hook unless given",
  },
  "secret-env": {
    type: "string",
    value: "<name>",
    summary: "verify with the secret in this environment variable",
  },
  "secret-file": {
    type: "string",
    value: "<path>",
    summary: "verify with the secret in this file",
  },
  "forward-to": {
    type: "string",
    value: "<url>",
    summary: "hand each delivery on to a program, and answer what it answers",
  },
  "forward-timeout": {
    type: "string",
    value: "<seconds>",
    summary: `how long that program may take, ${DEFAULT_TIMEOUT} unless given`,
  },
  record: {
    type: "string",
    value: "<path>",
    summary: "append each delivery to this file, one JSON a line",
  },
  "public-url": {
    type: "string",
    value: "<url>",
    summary: "subscribe the address of a tunnel to this receiver",
  },
  events: {
    type: "string",
    multiple: true,
    value: "<name>",
    summary: "subscribe to these only; several times, or with commas",
  },
  "on-exit": {
    type: "string",
    value: "<what>",
    summary: "leave, pause (the default) or delete the subscription at the end",
  },
  name: {
    type: "string",
    value: "<name>",
    summary: "what tells this listener from others; made from user and machine",
  },
  ...EVENTS_OPTION,
  ...API_OPTIONS,
} as const satisfies OptionSpecs;

/** How to listen. */
export interface ListenSettings {
  readonly port: number;
  readonly path: string;
  readonly forward: { readonly target: URL; readonly timeout: number } | undefined;
  /** Undefined where nothing is subscribed. */
  readonly subscription: (ListenerUrl & { readonly events: readonly string[] }) | undefined;
  readonly ending: Ending;
}

/** @throws {CommandError} for what is not usable; it is not repeated. */
export function readListenOptions({
  options,
}: CommandContext<typeof LISTEN_OPTIONS>): ListenSettings {
  const publicUrl = options["public-url"];
  const path = readPath(options.path ?? pathOf(publicUrl));
  const name = options.name === undefined ? defaultListenerName() : checkListenerName(options.name);
  const events = readEvents(options.events, options["allow-unknown-events"]);
  if (publicUrl === undefined) refuseWithoutPublicUrl(options);
  return {
    port: readPort(options.port ?? DEFAULT_PORT),
    path,
    forward: readForward(options["forward-to"], options["forward-timeout"]),
    subscription:
      publicUrl === undefined ? undefined : { ...toListenerUrl(publicUrl, path, name), events },
    ending: readEnding(options["on-exit"] ?? "pause"),
  };
}

/** A tunnel with a path is one that leads to it. */
function pathOf(publicUrl: string | undefined): string {
  const path = parseUrl(publicUrl ?? "")?.pathname ?? "/";
  return path === "/" ? "/hook" : path;
}

function readPath(path: string): string {
  const isUsable =
    path.startsWith("/") && !path.includes("*") && parseUrl(`http://x${path}`)?.pathname === path;
  if (isUsable && !`${path}/`.startsWith(PAGE_ROOT)) return path;
  throw new CommandError(
    "usage",
    `--path must be a path such as /hook, without a query; what begins with ${PAGE_ROOT} is the page's`,
  );
}

function readEvents(given: readonly string[], allowUnknown: boolean): readonly string[] {
  const names = given.flatMap((list) => list.split(",")).map((name) => name.trim());
  const events = names.filter((name) => name !== "").map((name) => checkEvent(name, allowUnknown));
  return events.length > 0 ? events : EVENT_NAMES;
}

function refuseWithoutPublicUrl(options: CommandContext<typeof LISTEN_OPTIONS>["options"]): void {
  const given = (["on-exit", "name"] as const).find((name) => options[name] !== undefined);
  const unusable = given ?? (options.events.length > 0 ? "events" : undefined);
  if (unusable === undefined) return;
  throw new CommandError(
    "usage",
    `--${unusable} is about the subscription of --public-url, which is missing`,
  );
}

function readForward(
  to: string | undefined,
  timeout: string | undefined,
): ListenSettings["forward"] {
  if (to === undefined) {
    if (timeout === undefined) return undefined;
    throw new CommandError("usage", "--forward-timeout needs --forward-to");
  }
  const target = parseUrl(to);
  if (!target || !/^https?:\/\/[^\s/?#\\@]+([/?][^\s#]*)?$/i.test(to)) {
    throw new CommandError(
      "usage",
      '--forward-to must be an absolute URL without credentials, such as "http://localhost:3000/hook"',
    );
  }
  const ms = Number(timeout ?? DEFAULT_TIMEOUT) * 1_000;
  if (ms > 0 && ms < 2 ** 31) return { target, timeout: ms };
  throw new CommandError("usage", "--forward-timeout must be a number of seconds, such as 5");
}

function readEnding(given: string): Ending {
  const ending = ENDINGS.find((each) => each === given);
  if (ending !== undefined) return ending;
  throw new CommandError("usage", "--on-exit must be leave, pause or delete");
}
