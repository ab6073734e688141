import type { Problems } from "../problems.js";
import type { Spec } from "./read-spec.js";

/** Reports where documents do not follow OpenAPI, each problem once with the number of places. */
export async function reportStructure(spec: Spec, problems: Problems): Promise<void> {
  const { checkStructure } = await import("./redocly.js");
  const places = new Map<string, { isHarmless: boolean; sources: string[] }>();
  for (const document of [...spec.documents, ...spec.deliveries]) {
    for (const { pointer, message, isHarmless } of await checkStructure(document)) {
      const text = `${pointer || "the document"}: ${message}.`;
      const { sources } = places.get(text) ?? { sources: [] };
      places.set(text, { isHarmless, sources: [...sources, document.source] });
    }
  }
  for (const [text, { isHarmless, sources }] of places) {
    const [first = "", ...rest] = sources;
    const place = rest.length > 0 ? `${first} and ${rest.length} more` : first;
    if (isHarmless) spec.notes.push(`${place}: ${text}`);
    else problems.add(`${place}: ${text}`);
  }
}
