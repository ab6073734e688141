import { BASE_URL } from "../../../generated/constants.js";
import { parseUrl } from "../../checks/parse-url.js";
import { reachOf } from "../doctor/reach.js";
import type { Io } from "../io.js";
import { readVariable } from "./read-variable.js";

/** The server that the command line calls. */
export interface Api {
  /** Normalised by the URL standard, without a trailing slash; not checked. */
  readonly baseUrl: string;
  /** Whether it is a sandbox on this machine, which can reach local receivers. */
  readonly isLocal: boolean;
}

/** Returns the server at `LINQ_BASE_URL`, or the real API by default. */
export function findApi(env: Io["env"]): Api {
  const given = readVariable(env, "LINQ_BASE_URL") ?? BASE_URL;
  const url = parseUrl(given);
  return {
    baseUrl: (url?.href ?? given).replace(/\/$/, ""),
    isLocal: url !== undefined && reachOf(url.hostname) === "loopback",
  };
}
