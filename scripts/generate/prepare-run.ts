import { join } from "node:path";
import { buildApi } from "./build-api.js";
import { eventNames } from "./emit/event-names.js";
import { readSpec } from "./read/read-spec.js";
import { readWebhookEvents, undescribedEvents } from "./read/read-webhook-events.js";
import { renderFiles } from "./emit/render-files.js";
import { reportChanges } from "./report/report-changes.js";
import { readIfThere } from "./write-files.js";

/** All that a run would do, worked out before anything is written. */
export interface PreparedRun {
  /** The folder that the run owns. */
  folder: string;
  /** What it should hold, by name. */
  files: ReadonlyMap<string, string>;
  /** What a person should know, a line each. */
  report: string[];
}

/** Reads spec/ under `root` and makes of it what belongs into generated/. */
export async function prepareRun(root: string): Promise<PreparedRun> {
  const spec = await readSpec(join(root, "spec"));
  const folder = join(root, "generated");
  const api = buildApi(spec);
  const deliveries = spec.webhookEvents && readWebhookEvents(spec.webhookEvents);
  const undescribed = deliveries ? undescribedEvents(deliveries, eventNames(api.document)) : [];
  return {
    folder,
    files: await renderFiles(api, deliveries),
    report: [
      ...undescribed.map((name) => `note: spec/webhook-events.json says nothing about "${name}".`),
      ...reportChanges(await readIfThere(join(folder, "openapi.json")), api.document),
    ],
  };
}
