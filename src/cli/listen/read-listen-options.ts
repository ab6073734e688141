import { EVENT_NAMES } from "../../../generated/constants.js";
import { parseUrl } from "../../checks/parse-url.js";
import type { CommandContext } from "../command.js";
import { CommandError } from "../command-error.js";
import { checkEvent } from "../input/check-event.js";
import { readPort } from "../input/read-port.js";
import { PAGE_ROOT } from "../page/session.js";
import type { Ending } from "./hold-subscription.js";
import { DEFAULT_PORT, DEFAULT_TIMEOUT, type LISTEN_OPTIONS } from "./listen-options.js";
import {
  checkListenerName,
  defaultListenerName,
  type ListenerUrl,
  toListenerUrl,
} from "./listener-url.js";

const ENDINGS = ["leave", "pause", "delete"] as const satisfies Ending[];

/** The checked options of `listen`. */
export interface ListenSettings {
  readonly port: number;
  readonly path: string;
  readonly forward: { readonly target: URL; readonly timeout: number } | undefined;
  /** Undefined without `--public-url`. */
  readonly subscription: (ListenerUrl & { readonly events: readonly string[] }) | undefined;
  readonly ending: Ending;
}

/** @throws {CommandError} for an invalid option; the message does not repeat its value. */
export function readListenOptions({
  options,
}: CommandContext<typeof LISTEN_OPTIONS>): ListenSettings {
  const publicUrl = options["public-url"];
  const path = readPath(options.path ?? pathOf(publicUrl));
  const name = options.name === undefined ? defaultListenerName() : checkListenerName(options.name);
  const events = readEvents(options.event, options["allow-unknown-events"]);
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

/** The path of the tunnel's address, which the tunnel connects to the same path here. */
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
    `--path must be a path such as /hook, without a query; paths under ${PAGE_ROOT} belong to the page`,
  );
}

function readEvents(given: readonly string[], allowUnknown: boolean): readonly string[] {
  const names = given.flatMap((list) => list.split(",")).map((name) => name.trim());
  const events = names.filter((name) => name !== "").map((name) => checkEvent(name, allowUnknown));
  return events.length > 0 ? events : EVENT_NAMES;
}

function refuseWithoutPublicUrl(options: CommandContext<typeof LISTEN_OPTIONS>["options"]): void {
  const given = (["on-exit", "name"] as const).find((name) => options[name] !== undefined);
  const unusable = given ?? (options.event.length > 0 ? "event" : undefined);
  if (unusable === undefined) return;
  throw new CommandError(
    "usage",
    `--${unusable} needs --public-url, because it is about the subscription`,
  );
}

function readForward(
  to: string | undefined,
  timeout: string | undefined,
): ListenSettings["forward"] {
  if (to === undefined) {
    if (timeout === undefined) return undefined;
    throw new CommandError("usage", "--forward-timeout needs --forward-to=<url>");
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
