/** Makes the pictures of the README that show the command line in a terminal. */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { drawSession } from "./terminal/draw-session.js";

const IMAGES = fileURLToPath(new URL("../.github/images/", import.meta.url));

for (const [name, picture] of Object.entries(await drawSession())) {
  await writeFile(IMAGES + name, picture);
  console.log(`.github/images/${name}`);
}
