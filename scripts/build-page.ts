/** Makes `dist/page`, a part of `npm run build`. */
import { fileURLToPath } from "node:url";
import { bundlePage } from "./bundle-page.js";

await bundlePage(fileURLToPath(new URL("../dist/page", import.meta.url)));
