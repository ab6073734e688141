/** Writes llms.txt, an index of the documentation for language models. */
import { writeFileSync } from "node:fs";
import { formatLlms } from "./llms.js";
import { toUrl } from "./manuals.js";

writeFileSync(toUrl("llms.txt"), formatLlms());
