import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findPinned, pinnedVersion } from "./pinned-runtime.js";
import { IMPORTS } from "./project.js";
import { parseResults, type Runtime } from "./runtime.js";

const version = pinnedVersion("workerd");
const { platform, arch } = process;

/** The runtime of Cloudflare Workers, without its compatibility layer for Node. */
export const workerd: Runtime = {
  name: "workerd",
  version,
  run: async (project, server) => {
    const start = await findPinned(
      `@cloudflare/workerd-${platform}-${arch === "x64" ? "64" : arch}/bin/workerd`,
      version,
    );
    const code = await project.bundle(toWorker(server), ["workerd", "worker", "browser"]);
    await writeFile(join(project.folder, "worker.mjs"), code);
    const config = join(project.folder, "workerd.capnp");
    await writeFile(config, CONFIG);
    return { version, results: parseResults(await start("test", config)), bareResults: undefined };
  },
};

const toWorker = (server: string): string => `${IMPORTS}
export default {
  async test() {
    if ("Buffer" in globalThis || "process" in globalThis) throw new Error("not bare");
    console.log(JSON.stringify(await runSuite(entries, ${JSON.stringify({ server })})));
  },
};`;

/** One worker, which may connect to this machine. */
const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker", esModule = embed "worker.mjs")],
      compatibilityDate = "2025-06-01",
    )),
    (name = "internet", network = (allow = ["private"])),
  ],
);
`;
