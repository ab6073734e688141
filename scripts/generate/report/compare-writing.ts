import type { Change } from "./change.js";
import { changed, type Context } from "./context.js";
import { schemaOf } from "./compare-headers.js";
import { objectAt, stringAt } from "../json.js";
import type { Parameter } from "./list-parameters.js";

/** Compares the serialization of a parameter. */
export function compareWriting(
  context: Context,
  [was, now]: [Parameter, Parameter],
  place: string,
): Change[] {
  const [old, current] = [writingOf(was), writingOf(now)];
  const say = (rule: string, before: string, after: string): Change[] => {
    const about = { subject: now.subject, detail: `was ${before}, is now ${after}`, place };
    return [changed(`request-parameter-${rule}-changed`, "breaking", about)];
  };
  if (old.media !== current.media)
    return say(
      "content",
      old.media ?? `style ${old.style}`,
      current.media ?? `style ${current.style}`,
    );
  if (old.media !== undefined) return [];
  const isList = !isPlain(context, was, now);
  const hasStyle = isList || now.in === "path";
  return [
    ...(hasStyle && old.style !== current.style
      ? say("style", `style ${old.style}`, `style ${current.style}`)
      : isList && old.explode !== current.explode
        ? say("explode", `explode ${old.explode}`, `explode ${current.explode}`)
        : []),
    ...compareFlag([was, now], "allowReserved", place),
    ...compareFlag([was, now], "allowEmptyValue", place),
  ];
}

interface Writing {
  /** The media type of the value, if the parameter has one. */
  media: string | undefined;
  style: string;
  explode: string;
}

function writingOf({ definition, in: place }: Parameter): Writing {
  const [media] = Object.keys(objectAt(definition, "content"));
  const usual = place === "query" || place === "cookie" ? "form" : "simple";
  const style = stringAt(definition, "style") ?? usual;
  const { explode } = definition;
  const isExploded = typeof explode === "boolean" ? explode : style === "form";
  return { media: media?.toLowerCase(), style, explode: String(isExploded) };
}

const PLAIN = new Set(["string", "number", "integer", "boolean"]);

/** Whether the value is neither an array nor an object, so that most styles are equal. */
function isPlain({ schemas }: Context, was: Parameter, now: Parameter): boolean {
  const shapes = [
    schemas.read.before(schemaOf(was.definition) ?? {}).shape,
    schemas.read.after(schemaOf(now.definition) ?? {}).shape,
  ];
  return shapes.every(({ types }) => types && [...types].every((type) => PLAIN.has(type)));
}

const FLAGS = {
  allowReserved: { rule: "allow-reserved", words: "sent without escaping" },
  allowEmptyValue: { rule: "allow-empty-value", words: "allowed to be empty" },
} as const;

function compareFlag(
  [was, now]: [Parameter, Parameter],
  flag: keyof typeof FLAGS,
  place: string,
): Change[] {
  const [old, current] = [was, now].map(({ definition }) => definition[flag] === true);
  if (old === current) return [];
  const { rule, words } = FLAGS[flag];
  const about = {
    subject: now.subject,
    detail: current ? `now ${words}` : `no longer ${words}`,
    place,
  };
  return [changed(`request-parameter-${rule}-changed`, current ? "compatible" : "breaking", about)];
}
