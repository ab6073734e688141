/** Writes llms.txt, the short way into the documentation for language models. */
import { writeFileSync } from "node:fs";
import { formatLlms } from "./llms.js";
import { toUrl } from "./manuals.js";

writeFileSync(toUrl("llms.txt"), formatLlms());
