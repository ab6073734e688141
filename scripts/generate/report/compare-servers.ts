import { canonical } from "./canonical.js";
import type { Change } from "./change.js";
import { changed, presence, type Context, type OperationPair } from "./context.js";
import { arrayAt, objectAt, stringAt, type Json, type JsonObject } from "../json.js";

/** Compares the servers of the API, and those of operations with their own servers. */
export function compareServers({ before, after }: Context, pairs: OperationPair[]): Change[] {
  const own = pairs.flatMap(({ was, now, place }) => {
    const [old, current] = [ownServers(was), ownServers(now)];
    if (!old && !current) return [];
    return compareLists(old ?? serversOf(before), current ?? serversOf(after), place);
  });
  return [...compareLists(serversOf(before), serversOf(after), ""), ...own];
}

interface Server {
  url: string;
  variables: JsonObject;
}

function ownServers({ item, definition }: OperationPair["was"]): Server[] | undefined {
  const holder = [definition, item].find((one) => arrayAt(one, "servers").length > 0);
  return holder && serversOf(holder);
}

/** OpenAPI defines "/" as the default server. */
function serversOf(holder: JsonObject): Server[] {
  const stated = arrayAt(holder, "servers");
  return (stated.length > 0 ? stated : [{ url: "/" }]).map((server: Json) => {
    const url = stringAt(server, "url") ?? "/";
    // Paths begin with a slash, so a trailing slash of the server makes no difference.
    return { url: url.replace(/(?<=.)\/$/, ""), variables: objectAt(server, "variables") };
  });
}

/** Treats the first server specially: the client uses it by default. */
function compareLists(before: Server[], after: Server[], place: string): Change[] {
  const [was, now] = [urlsOf(before), urlsOf(after)];
  const [old = "/", current = "/"] = [was[0], now[0]];
  const isMoved = old !== current;
  const removed = was.filter((url) => !now.includes(url) && !(isMoved && url === old));
  const added = now.filter((url) => !was.includes(url) && !(isMoved && url === current));
  const wasNow = { subject: "server", detail: `was ${old}, is now ${current}`, place };
  return [
    ...(isMoved ? [changed("api-default-server-changed", "breaking", wasNow)] : []),
    ...removed.map((url) => {
      const about = { verb: "removed", subject: "server", detail: url, place } as const;
      return presence("api-server-removed", "breaking", about);
    }),
    ...added.map((url) => {
      const about = { verb: "added", subject: "server", detail: url, place } as const;
      return presence("api-server-added", "compatible", about);
    }),
    ...after.flatMap((server) => {
      const earlier = before.find(({ url }) => url === server.url);
      return earlier ? compareVariables(earlier, server, place) : [];
    }),
  ];
}

function urlsOf(servers: Server[]): string[] {
  return [...new Set(servers.map(({ url }) => url))];
}

function compareVariables(before: Server, after: Server, place: string): Change[] {
  return Object.keys(after.variables).flatMap((name) => {
    const [was, now] = [objectAt(before.variables, name), objectAt(after.variables, name)];
    return compareVariable(was, now, { subject: `server ${after.url} {${name}}`, place });
  });
}

function compareVariable(
  before: JsonObject,
  after: JsonObject,
  about: { subject: string; place: string },
): Change[] {
  const [old, current] = [stringAt(before, "default") ?? "", stringAt(after, "default") ?? ""];
  const [was, now] = [arrayAt(before, "enum"), arrayAt(after, "enum")];
  const detail = `was default ${old}, is now default ${current}`;
  // Without an enum, any value is allowed.
  const removed = now.length === 0 ? [] : was.filter((value) => !now.includes(value));
  const added = was.length === 0 ? [] : now.filter((value) => !was.includes(value));
  const isClosed = was.length === 0 && now.length > 0;
  const isOpened = now.length === 0 && was.length > 0;
  const only = { ...about, detail: `now only ${now.map(canonical).join(", ")}` };
  const any = { ...about, detail: "now any value" };
  return [
    ...(old === current
      ? []
      : [changed("api-server-variable-default-changed", "breaking", { ...about, detail })]),
    ...(isClosed ? [changed("api-server-variable-became-enum", "breaking", only)] : []),
    ...(isOpened ? [changed("api-server-variable-enum-removed", "compatible", any)] : []),
    ...removed.map((value) => {
      const gone = { verb: "removed", detail: `value ${canonical(value)}`, ...about } as const;
      return presence("api-server-variable-enum-value-removed", "breaking", gone);
    }),
    ...added.map((value) => {
      const come = { verb: "added", detail: `value ${canonical(value)}`, ...about } as const;
      return presence("api-server-variable-enum-value-added", "compatible", come);
    }),
  ];
}
