import type { Method } from "./route.js";

/** One request that arrived. */
export interface LoggedRequest {
  /** When it arrived, in ms since the epoch. */
  readonly at: number;
  /** The token it came with, by which a client is known; empty when there was none. */
  readonly client: string;
  readonly method: string;
  readonly path: string;
  /** The id in its path. */
  readonly id: number | undefined;
  /** Its body as JSON; the text where it is not JSON; undefined where there is none. */
  readonly body: unknown;
  /** What it was answered with. */
  readonly status: number | "pending" | "cut";
}

export interface RequestLog {
  /** In order of arrival. */
  readonly requests: readonly LoggedRequest[];
  /** Notes a request, and returns a function that notes its answer. */
  readonly add: (request: Omit<LoggedRequest, "status">) => {
    readonly request: LoggedRequest;
    readonly end: (status: number | "cut") => void;
  };
  /** How many requests arrived, of one method or of all, from one client or from all. */
  readonly count: (method?: Method, client?: string) => number;
  /** The highest number of requests that arrived within 1,000 ms. */
  readonly peakPerSecond: () => number;
}

export function createRequestLog(): RequestLog {
  const requests: LoggedRequest[] = [];
  return {
    requests,
    add: (arrived) => {
      const request: { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] } = {
        ...arrived,
        status: "pending",
      };
      requests.push(request);
      return {
        request,
        end: (status) => {
          request.status = status;
        },
      };
    },
    count: (method, client) =>
      requests.filter(
        (request) =>
          (method === undefined || request.method === method) &&
          (client === undefined || request.client === client),
      ).length,
    peakPerSecond: () =>
      Math.max(0, ...requests.map(({ at }) => requests.filter(isWithinSecond(at)).length)),
  };
}

function isWithinSecond(start: number): (request: LoggedRequest) => boolean {
  return ({ at }) => at >= start && at < start + 1_000;
}
