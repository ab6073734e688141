import { canonical } from "./canonical.js";
import type { Change } from "./change.js";
import { changed, presence, type Context } from "./context.js";
import { isObject, objectAt, type Json, type JsonObject } from "../json.js";
import { isJsonType } from "../operation-parts.js";
import type { Position } from "./schema/compare-schemas.js";

interface Media {
  /** As written in the document. */
  type: string;
  media: JsonObject;
}

/** Compares the media types of a body; all spellings of JSON and all charsets count as the same. */
export function compareContent(
  { schemas }: Context,
  [before, after]: [JsonObject, JsonObject],
  position: Position,
): Change[] {
  const [was, now] = [mediaOf(before), mediaOf(after)];
  const removed = [...was].filter(([key]) => !now.has(key)).map(([, media]) => media);
  const added = [...now].filter(([key]) => !was.has(key)).map(([, media]) => media);
  return [
    ...compareTypes(removed, added, position),
    ...[...now].flatMap(([key, { media }]) => {
      const earlier = was.get(key)?.media;
      if (!earlier) return [];
      const subject = key === JSON_KEY ? position.subject : `${position.subject} as ${key}`;
      const named = { ...position, subject };
      return [
        ...schemas.compare(earlier["schema"], media["schema"], named),
        ...compareEncoding(earlier, media, named),
      ];
    }),
  ];
}

const JSON_KEY = "json";

function mediaOf(content: JsonObject): Map<string, Media> {
  const found = new Map<string, Media>();
  for (const [type, media] of Object.entries(content)) {
    const bare = type.toLowerCase().replace(/\s*;\s*charset\s*=[^;]*/, "");
    const key = isJsonType(type) && !found.has(JSON_KEY) ? JSON_KEY : bare;
    found.set(key, { type, media: isObject(media) ? media : {} });
  }
  return found;
}

function compareTypes(removed: Media[], added: Media[], position: Position): Change[] {
  const { side, place, subject } = position;
  const kind = side === "request" ? "request-body" : "response";
  const [was, now] = [removed[0]?.type, added[0]?.type];
  if (removed.length === 1 && added.length === 1 && was && now) {
    const isWider = side === "request" && isRange(now, was);
    const isNarrower = side === "response" && isRange(was, now);
    const detail = `was ${was}, is now ${now}`;
    const level = isWider || isNarrower ? "compatible" : "breaking";
    return [changed(`${kind}-media-type-changed`, level, { subject, detail, place })];
  }
  const about = ({ type }: Media): { subject: string; place: string } => {
    return { subject: `${subject} as ${type}`, place };
  };
  return [
    ...removed.map((media) => {
      const gone = { verb: "removed", ...about(media) } as const;
      return presence(`${kind}-media-type-removed`, "breaking", gone);
    }),
    ...added.map((media) => {
      // A reader may now receive a type that it does not support.
      const level = side === "request" ? "compatible" : "breaking";
      const come = { verb: "added", ...about(media) } as const;
      return presence(`${kind}-media-type-added`, level, come);
    }),
  ];
}

/** Whether the first is a range such as `image/*` that includes the second. */
function isRange(range: string, type: string): boolean {
  const [start = ""] = range.split("*");
  return range.endsWith("*") && type.startsWith(start);
}

/** Compares the encoding of form fields. */
function compareEncoding(before: JsonObject, after: JsonObject, position: Position): Change[] {
  const [was, now] = [before, after].map((media): Json => objectAt(media, "encoding"));
  if (canonical(was ?? {}) === canonical(now ?? {})) return [];
  const { at, subject, place } = position;
  const detail = "the encoding of its fields changed";
  return [changed(`${at}-encoding-changed`, "breaking", { subject, detail, place })];
}
