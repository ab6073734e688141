import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer, type Server } from "node:https";
import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { stringify } from "yaml";
import { afterEach, describe, expect, test } from "vitest";
import { fetchSource } from "../../../scripts/generate/read/fetch-source.js";
import { operation, page, petDocument } from "../pages.js";
import { createProject, REPOSITORY, type Project } from "../project.js";

const CERTIFICATE = join(REPOSITORY, "test/wild/certificate.pem");
const PETS = page(petDocument());
const OWNERS = petDocument({ paths: { "/owners": { get: operation("listOwners") } } });

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Serves over TLS on loopback; the address has no path. */
async function serve(listener: RequestListener): Promise<string> {
  const key = readFileSync(join(REPOSITORY, "test/wild/key.pem"));
  const server = createServer({ key, cert: readFileSync(CERTIFICATE) }, listener);
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server that listens on a port has an address of this kind.
  return `https://localhost:${(server.address() as AddressInfo).port}`;
}

/** A project that trusts that server. */
function project(files: Record<string, string> = { "spec/a.md": PETS }): Promise<Project> {
  return createProject(files, { ...process.env, NODE_EXTRA_CA_CERTS: CERTIFICATE });
}

describe("--from an address", () => {
  test.each<[string, string, string, string, string]>([
    ["a page", "/docs/owners.md", "text/markdown", page(OWNERS), "spec/owners.md"],
    ["a page without an ending", "/docs/owners/", "text/plain", page(OWNERS), "spec/owners.md"],
    ["a document", "/openapi.json?v=2", "text/plain", JSON.stringify(OWNERS), "spec/openapi.json"],
    [
      "a document by its type",
      "/openapi",
      "application/json",
      JSON.stringify(OWNERS),
      "spec/openapi.json",
    ],
    ["YAML by its type", "/api%20v2", "application/yaml", stringify(OWNERS), "spec/api-v2.yaml"],
  ])("fetches %s into spec/ and goes on", async (_, path, type, text, name) => {
    const origin = await serve((_request, response) => {
      response.writeHead(200, { "content-type": type }).end(text);
    });
    const here = await project();
    const { code, stdout, stderr } = await here.generate("--from", origin + path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`wrote ${name}\n`);
    expect(await here.read(name)).toBe(text);
    expect(await here.read("generated/operations.ts")).toContain("listOwners");
  });

  test("follows redirects, as long as they stay with https:", async () => {
    const origin = await serve((request, response) => {
      if (request.url === "/old") response.writeHead(301, { location: "/new/owners.md" }).end();
      else if (request.url === "/plain")
        response.writeHead(302, { location: "http://localhost/" }).end();
      else if (request.url === "/round") response.writeHead(302, { location: "/round" }).end();
      else response.end(page(OWNERS));
    });
    const here = await project();
    expect(await here.generate("--from", `${origin}/old`)).toMatchObject({ code: 0 });
    const plain = await here.generate("--from", `${origin}/plain`);
    expect(plain.stderr).toContain(
      "/plain cannot be fetched: expected an https: URL, but got http:; give",
    );
    const round = await here.generate("--from", `${origin}/round`);
    expect(round.stderr).toContain("/round cannot be fetched: it redirected more than 5 times;");
  });

  test.each<[string, RequestListener, RegExp]>([
    ["an error", (_, response) => response.writeHead(503).end(), /the server answered 503;/],
    [
      "more than a page can be",
      (_, response) => {
        response.on("error", () => undefined);
        const more = (): void => {
          while (response.write(" ".repeat(1024 * 1024)) && !response.destroyed);
          response.once("drain", more);
        };
        more();
      },
      /it is larger than 20 MiB;/,
    ],
    [
      "half a body",
      (request, response) => {
        response.writeHead(200, { "content-length": "100" });
        response.write("x", () => request.socket.destroy());
      },
      /terminated|other side closed|aborted/,
    ],
    [
      "a page without a document",
      (_, response) => response.end("# Words"),
      /has no OpenAPI document/,
    ],
    [
      "a login page",
      (_, response) => response.end("<html>Log in</html>"),
      /has no OpenAPI document/,
    ],
    [
      "broken JSON",
      (_, response) => response.end(PETS.replace('"info":', '"info"')),
      /is not JSON/,
    ],
  ])("that returns %s stops the run, and spec/ stays as it was", async (_, listener, reason) => {
    const origin = await serve(listener);
    const here = await project();
    const { code, stderr } = await here.generate("--from", `${origin}/a.md`);
    expect(code).toBe(1);
    expect(stderr).toMatch(reason);
    expect(await here.read("spec/a.md")).toBe(PETS);
    expect(await here.generated()).toEqual({});
  });

  test.each([
    ["http://localhost/a.md", "expected an https: URL, but got http:"],
    ["ftp://localhost/a.md", "expected an https: URL, but got ftp:"],
    ["https://", "Invalid URL"],
  ])("%s is refused", async (address, reason) => {
    const { code, stderr } = await (await project()).generate("--from", address);
    expect(code).toBe(1);
    expect(stderr).toContain(`generate: --from ${address} cannot be fetched: `);
    expect(stderr).toContain(reason);
  });
});

test("a server that never answers leads to an error, as does one that does not exist", async () => {
  const silent = createTcpServer(() => undefined).listen(0, "127.0.0.1");
  await once(silent, "listening");
  // A server that listens on a port has an address of this kind.
  const address = `https://127.0.0.1:${(silent.address() as AddressInfo).port}/a.md`;
  await expect(fetchSource(address, 50)).rejects.toThrow(
    `--from ${address} cannot be fetched: it took longer than 0.05 s;`,
  );
  silent.close();
  await expect(fetchSource(address)).rejects.toThrow("ECONNREFUSED");
});

describe("--from a file", () => {
  test("copies it into spec/ and goes on", async () => {
    const here = await project({ "spec/a.md": PETS, "downloads/owners.yaml": stringify(OWNERS) });
    expect(await here.generate("--from", "downloads/owners.yaml")).toMatchObject({ code: 0 });
    expect(await here.read("spec/owners.yaml")).toBe(stringify(OWNERS));
  });

  test("replaces a file of the same name, whose problems no longer count", async () => {
    const here = await project({ "spec/a.md": "# Words", "downloads/a.md": PETS });
    expect(await here.generate("--from", "downloads/a.md")).toMatchObject({ code: 0, stderr: "" });
    expect(await here.read("spec/a.md")).toBe(PETS);
  });

  test("is compared with the file of --base, even if it replaces that file", async () => {
    const here = await project({ "spec/a.md": PETS, "downloads/a.md": page(OWNERS) });
    const { stdout } = await here.generate("--from", "downloads/a.md", "--base", "spec/a.md");
    expect(stdout).toMatch(/breaking +removed +GET \/pets/);
    const unread = await here.generate("--from", "downloads/a.md", "--base", "gone.md");
    expect(unread.code).toBe(1);
  });

  test("gets a name that is not hidden", async () => {
    const here = await project({ "spec/a.md": PETS, "downloads/.owners.yaml": stringify(OWNERS) });
    await here.generate("--from", "downloads/.owners.yaml");
    expect(await here.read("spec/owners.yaml")).toBe(stringify(OWNERS));
  });

  test("reports a missing file", async () => {
    const { code, stderr } = await (await project()).generate("--from", "gone.md");
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        "generate: --from gone.md cannot be read: give the path of a file or an https: URL.\n",
    });
  });
});
