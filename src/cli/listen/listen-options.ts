import type { OptionSpecs } from "../command.js";
import { API_OPTIONS, EVENTS_OPTION } from "../input/connect.js";

/** The port after that of the sandbox, and rarely taken. */
export const DEFAULT_PORT = "4011";

/** In seconds: Linq waits 10, and the network takes some time. */
export const DEFAULT_TIMEOUT = "9.5";

/** The options of `listen`. */
export const LISTEN_OPTIONS = {
  port: {
    type: "string",
    value: "<n>",
    summary: `serve on this port (default: ${DEFAULT_PORT}); 0 picks a free one`,
  },
  path: {
    type: "string",
    value: "</path>",
    summary: "receive deliveries at this path (default: /hook)",
  },
  "secret-env": {
    type: "string",
    value: "<name>",
    summary: "verify with the secret in this environment variable",
  },
  "secret-file": {
    type: "string",
    value: "<path>",
    summary: "verify with the secret in this file",
  },
  "forward-to": {
    type: "string",
    value: "<url>",
    summary: "forward each delivery to a program, and return its answer",
  },
  "forward-timeout": {
    type: "string",
    value: "<seconds>",
    summary: `how long that program may take (default: ${DEFAULT_TIMEOUT})`,
  },
  record: {
    type: "string",
    value: "<path>",
    summary: "append each delivery to this file, one line of JSON each",
  },
  "public-url": {
    type: "string",
    value: "<url>",
    summary: "subscribe the address of a tunnel to this receiver",
  },
  event: {
    type: "string",
    multiple: true,
    value: "<name>",
    completes: "events",
    summary: "subscribe only to these; repeat it, or use commas",
  },
  "on-exit": {
    type: "string",
    value: "<what>",
    summary: "leave, pause (the default) or delete the subscription at the end",
  },
  name: {
    type: "string",
    value: "<name>",
    summary: "the unique name of this listener (default: from user and machine)",
  },
  ...EVENTS_OPTION,
  ...API_OPTIONS,
} as const satisfies OptionSpecs;
