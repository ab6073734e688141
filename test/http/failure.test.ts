import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFailure } from "../../src/http/failure.js";

const withCode = (code: unknown, cause?: unknown): Error =>
  Object.assign(new Error("broken", { cause }), { code });
const codeOf = (error: unknown): string | undefined => readFailure(error).systemCode;

describe("the system code of a failed fetch", () => {
  it("is that of the error itself", () => {
    expect(codeOf(withCode("ECONNREFUSED"))).toBe("ECONNREFUSED");
  });

  it("is that of the deepest cause", () => {
    const error = new TypeError("fetch failed", {
      cause: withCode("UND_ERR_SOCKET", withCode("ECONNRESET")),
    });
    expect(codeOf(error)).toBe("ECONNRESET");
  });

  it("ignores a cause without a code", () => {
    expect(codeOf(withCode("UND_ERR_SOCKET", new Error("no code")))).toBe("UND_ERR_SOCKET");
  });

  it("is found in the errors of all the addresses that were tried", () => {
    const all = new AggregateError([new Error("no code"), withCode("ENETUNREACH")]);
    expect(codeOf(new TypeError("fetch failed", { cause: all }))).toBe("ENETUNREACH");
  });

  it("is not a number", () => {
    expect(codeOf(new DOMException("aborted", "AbortError"))).toBeUndefined();
    expect(codeOf(withCode(20))).toBeUndefined();
  });

  it("is found in a circular chain of causes", () => {
    const error = withCode("ECONNRESET");
    error.cause = error;
    expect(codeOf(error)).toBe("ECONNRESET");
  });

  it("is read from any value without throwing", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(["string", "undefined"]).toContain(typeof codeOf(value));
      }),
    );
  });
});

describe("a request that was not sent", () => {
  const failed = (cause: unknown): TypeError => new TypeError("fetch failed", { cause });
  const inCall = (code: string, syscall: string): Error =>
    Object.assign(new Error(`${syscall} ${code}`), { code, syscall });

  it.each<[what: string, error: Error]>([
    ...[
      ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"],
      ...["DEPTH_ZERO_SELF_SIGNED_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "CERT_HAS_EXPIRED"],
      ...["CERT_NOT_YET_VALID", "CERT_REVOKED", "CERT_UNTRUSTED", "ERR_TLS_CERT_ALTNAME_INVALID"],
      ...["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"],
      ...["HOSTNAME_MISMATCH", "CRL_HAS_EXPIRED"],
    ].map((code): [string, Error] => [code, failed(withCode(code))]),
    ...["EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT", "EADDRNOTAVAIL"].map(
      (code): [string, Error] => [
        `${code} in connecting`,
        failed(new AggregateError([inCall(code, "connect")])),
      ],
    ),
    ["a name that is not found", failed(inCall("ENODATA", "getaddrinfo"))],
    [
      "what node-fetch says",
      new Error("request to http://a.example/ failed, reason: connect EHOSTUNREACH 192.0.2.1:80"),
    ],
    ["what Bun says", new TypeError("EHOSTUNREACH: Unable to connect. Is the computer able to …")],
    [
      "what Deno says",
      failed(new Error("error sending request for url (…): client error (Connect): dns error")),
    ],
  ])("is recognized by %s", (_what, error) => {
    expect(readFailure(error).sent).toBe(false);
  });

  it.each<[what: string, error: unknown]>([
    ...[
      ...["ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"],
      ...[
        "UND_ERR_SOCKET",
        "UND_ERR_HEADERS_TIMEOUT",
        "UND_ERR_BODY_TIMEOUT",
        "EPROTO",
        "ANYTHING",
      ],
      // An alert, which may follow the request.
      "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
    ].map((code): [string, Error] => [code, failed(withCode(code))]),
    ["EHOSTUNREACH in writing", failed(inCall("EHOSTUNREACH", "write"))],
    ["ETIMEDOUT in reading", failed(inCall("ETIMEDOUT", "read"))],
    ["what browsers say", new TypeError("Failed to fetch")],
    ["nothing", undefined],
  ])("is not inferred from %s", (_what, error) => {
    expect(readFailure(error).sent).toBe(true);
  });
});
