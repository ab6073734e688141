import type { OptionSpecs } from "../command.js";
import { API_OPTIONS, EVENTS_OPTION } from "../input/connect.js";

/** Next to the port of the sandbox, and rarely taken. */
export const DEFAULT_PORT = "4011";

/** In seconds: Linq waits 10, and the way takes a little. */
export const DEFAULT_TIMEOUT = "9.5";

/** What `listen` takes. */
export const LISTEN_OPTIONS = {
  port: {
    type: "string",
    value: "<n>",
    summary: `serve on this port, ${DEFAULT_PORT} unless given; 0 takes a free one`,
  },
  path: {
    type: "string",
    value: "</path>",
    summary: "take deliveries at this path, /hook unless given",
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
    summary: "hand each delivery on to a program, and answer what it answers",
  },
  "forward-timeout": {
    type: "string",
    value: "<seconds>",
    summary: `how long that program may take, ${DEFAULT_TIMEOUT} unless given`,
  },
  record: {
    type: "string",
    value: "<path>",
    summary: "append each delivery to this file, one JSON a line",
  },
  "public-url": {
    type: "string",
    value: "<url>",
    summary: "subscribe the address of a tunnel to this receiver",
  },
  events: {
    type: "string",
    multiple: true,
    value: "<name>",
    completes: "events",
    summary: "subscribe to these only; several times, or with commas",
  },
  "on-exit": {
    type: "string",
    value: "<what>",
    summary: "leave, pause (the default) or delete the subscription at the end",
  },
  name: {
    type: "string",
    value: "<name>",
    summary: "what tells this listener from others; made from user and machine",
  },
  ...EVENTS_OPTION,
  ...API_OPTIONS,
} as const satisfies OptionSpecs;
