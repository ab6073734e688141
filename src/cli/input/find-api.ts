import { BASE_URL } from "../../../generated/constants.js";
import { parseUrl } from "../../checks/parse-url.js";
import { reachOf } from "../doctor/reach.js";
import type { Io } from "../io.js";
import { readVariable } from "./read-variable.js";

/** The server that the command line talks to. */
export interface Api {
  /** As the URL standard writes it, without a slash at its end; whether it is usable is not checked. */
  readonly baseUrl: string;
  /** Whether it is a sandbox on this machine, which reaches what nobody outside reaches. */
  readonly isLocal: boolean;
}

/** The server at `LINQ_BASE_URL`, else the real one. */
export function findApi(env: Io["env"]): Api {
  const given = readVariable(env, "LINQ_BASE_URL") ?? BASE_URL;
  const url = parseUrl(given);
  return {
    baseUrl: (url?.href ?? given).replace(/\/$/, ""),
    isLocal: url !== undefined && reachOf(url.hostname) === "loopback",
  };
}
