import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A key and its certificate, as `node:https` takes them. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}

/** An authority of the test's own. */
export interface Authority {
  /** Where its certificate lies, for `NODE_EXTRA_CA_CERTS`. */
  readonly path: string;
  /**
   * Signs a certificate for a host.
   *
   * @param days - for how long it is valid from now on; negative for one that has expired.
   */
  readonly sign: (host: string, days: number) => Promise<KeyAndCertificate>;
}

const NEW_KEY = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes".split(" ");

/** Makes an authority in a folder that is deleted when the test ends. */
export async function createAuthority(): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), "linq-webhooks-authority-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const openssl = (...args: string[]): void => {
    execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  };
  const read = (name: string): Promise<string> => readFile(join(folder, name), "utf8");
  openssl("req", "-x509", ...NEW_KEY, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=test");
  return {
    path: join(folder, "ca.pem"),
    sign: async (host, days) => {
      await writeFile(join(folder, "names"), `subjectAltName=DNS:${host}`);
      openssl("req", ...NEW_KEY, "-keyout", "key", "-out", "request", "-subj", `/CN=${host}`);
      const by = "-CA ca.pem -CAkey ca.key -CAcreateserial -extfile names".split(" ");
      openssl("x509", "-req", "-in", "request", ...by, "-days", String(days), "-out", "cert");
      return { key: await read("key"), cert: await read("cert") };
    },
  };
}
