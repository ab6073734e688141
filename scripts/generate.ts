import { join } from "node:path";
import { buildApi } from "./generate/build-api.js";
import { parseJson, isObject } from "./generate/json.js";
import { readSpec } from "./generate/read-spec.js";
import { renderFiles } from "./generate/render-files.js";
import { writeFiles } from "./generate/write-files.js";

const spec = await readSpec(join(process.cwd(), "spec"));
const api = buildApi(spec);
const events = spec.webhookEvents === undefined ? undefined : parseJson(spec.webhookEvents);
const files = await renderFiles(api, isObject(events) ? events : undefined);
await writeFiles(join(process.cwd(), "generated"), files);
