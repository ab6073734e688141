/** The reason phrase of an error status, from RFC 9110 and 6585. */
export function findStatusTitle(status: number): string {
  return TITLES[status] ?? (status < 500 ? "Client Error" : "Server Error");
}

/** The same as a code, such as "not_found". */
export function toErrorCode(status: number): string {
  return findStatusTitle(status).toLowerCase().replaceAll(" ", "_");
}

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  421: "Misdirected Request",
  422: "Unprocessable Entity",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};
