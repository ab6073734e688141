import { parseUrl } from "../../checks/parse-url.js";
import type { Io } from "../io.js";
import { reachOf } from "./reach.js";

/** The server that the command line talks to. */
export interface Api {
  readonly baseUrl: string;
  /** Whether it is a sandbox on this machine, which reaches what nobody outside reaches. */
  readonly isLocal: boolean;
}

/** Where the API is unless `LINQ_BASE_URL` says otherwise. */
const REAL_API = "https://api.linqapp.com";

export function findApi(env: Io["env"]): Api {
  const given = env["LINQ_BASE_URL"]?.trim() ?? "";
  const baseUrl = given === "" ? REAL_API : given;
  const url = parseUrl(baseUrl);
  return { baseUrl, isLocal: url !== undefined && reachOf(url.hostname) === "loopback" };
}
