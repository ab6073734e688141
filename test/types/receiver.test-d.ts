import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { describe, expectTypeOf, it } from "vitest";
import { createEvent, type CreatedEvent } from "linq-webhooks/sandbox";
import {
  createReceiver,
  type DeliveryStore,
  type EventHandlers,
  type EventName,
  type EventOf,
  type LinqEvent,
  type Receiver,
  type ReceiverOptions,
  InvalidSignatureError,
  type UnknownEvent,
  unwrapEvent,
  verifySignature,
} from "linq-webhooks/receiver";

const secret = "a long random secret";
const headers = {};

describe("an event", () => {
  it("is narrowed by its type, and the default is the unknown one", () => {
    const read = (event: LinqEvent): unknown => {
      switch (event.event_type) {
        case "message.sent":
        case "message.received":
          expectTypeOf(event.data.text).toEqualTypeOf<EventOf<"message.sent">["data"]["text"]>();
          return event.data.chat_id;
        case "message.read":
          expectTypeOf(event).toEqualTypeOf<EventOf<"message.read">>();
          return event.data.read_at;
        case "call.completed":
          expectTypeOf(event.data.duration).toExtend<number | undefined>();
          return event.data.recording_data?.url;
        case "reaction.sent":
        case "reaction.received":
          expectTypeOf(event.data.reaction).toBeString();
          return event.data.associated_message?.id;
        case "typing_indicator.received":
        case "typing_indicator.removed":
          expectTypeOf(event.data.display).toBeBoolean();
          return event.data.chat_id;
        case "contact.created":
        case "contact.updated":
          expectTypeOf(event.data.image_url).toEqualTypeOf<string | null | undefined>();
          return event.data.contact_owner?.email;
        case "contact.deleted":
          expectTypeOf(event.data.id).toBeNumber();
          return event.data.id;
        case "participant.added":
        case "participant.removed":
          return event.data;
        default:
          expectTypeOf(event).toEqualTypeOf<UnknownEvent>();
          return event.data["anything"];
      }
    };
    expectTypeOf(read).parameter(0).toEqualTypeOf<LinqEvent>();
  });

  it("is narrowed by an `if`, too", () => {
    const event = {} as LinqEvent;
    if (event.event_type === "contact.created") expectTypeOf(event.data.id).toBeNumber();
    if (event.event_type === "message.received") expectTypeOf(event.data.id).toBeString();
    // @ts-expect-error The specification knows no such type.
    if (event.event_type === "message.edited") return;
  });

  it("has no other fields than those that are described", () => {
    const event = {} as EventOf<"message.received">;
    // @ts-expect-error It is `event_id`.
    expectTypeOf(event.eventId);
    // @ts-expect-error It is `chat_id`.
    expectTypeOf(event.data.chatId);
    // @ts-expect-error It is `text`.
    expectTypeOf(event.data.txt);
    // @ts-expect-error It is `identifier`.
    expectTypeOf(event.data.chat_handles[0]?.phone);
    const unknown = {} as UnknownEvent;
    // @ts-expect-error It is `event_id`.
    expectTypeOf(unknown.eventId);
    const any = {} as LinqEvent;
    // @ts-expect-error It is `event_id`.
    expectTypeOf(any.eventId);
    expectTypeOf(any.event_id).toBeUnknown();
  });

  it("has further fields in `raw`, which are unknown", () => {
    const read = (event: LinqEvent): void => {
      expectTypeOf(event.raw["more"]).toBeUnknown();
      expectTypeOf(event.raw.data["more"]).toBeUnknown();
      expectTypeOf(event.raw.event_type).toBeString();
    };
    createReceiver({ secret, validate: true, on: { "message.read": read }, onUnknownEvent: read });
    void unwrapEvent({ body: "", headers, secret, validate: true });
  });

  it("is also what `createEvent` makes", () => {
    expectTypeOf<CreatedEvent<"message.read">>().toExtend<EventOf<"message.read">>();
    // @ts-expect-error It is `text`.
    createEvent("message.received", { txt: "Hello!" });
  });

  it("is of each type that the specification knows, or unknown", () => {
    expectTypeOf<EventOf<EventName>["event_type"]>().toEqualTypeOf<EventName>();
    expectTypeOf<Exclude<LinqEvent, EventOf<EventName>>>().toEqualTypeOf<UnknownEvent>();
    expectTypeOf<UnknownEvent["event_type"]>().toExtend<string>();
  });
});

describe("handlers", () => {
  it("get the event of their own type", () => {
    createReceiver({
      secret,
      on: {
        "message.received": (event) => {
          expectTypeOf(event).toEqualTypeOf<EventOf<"message.received">>();
        },
        "contact.deleted": ({ data }) => {
          expectTypeOf(data.id).toBeNumber();
        },
        "call.completed": async ({ data }) => Promise.resolve(data.duration),
      },
      onUnknownEvent: (event) => {
        expectTypeOf(event).toEqualTypeOf<UnknownEvent>();
        const name: string = event.event_type;
        return name === "message.edited" ? event.data["text"] : undefined;
      },
    });
  });

  it("of another event or of an unknown one are refused", () => {
    const takeContact = (event: EventOf<"contact.created">): unknown => event;
    // @ts-expect-error It gets a message.
    createReceiver({ secret, on: { "message.received": takeContact } });
    // @ts-expect-error "mesage.received" is not an event.
    createReceiver({ secret, on: { "mesage.received": () => undefined } });
    createReceiver({
      secret,
      on: {
        "message.read": ({ data }) => {
          // @ts-expect-error Times are texts.
          expectTypeOf(data.read_at).toBeNumber();
        },
      },
    });
  });

  it("may be some, and are all with `satisfies`", () => {
    createReceiver({ secret });
    createReceiver({ secret, on: {} });
    const handle = (): undefined => undefined;
    const all = {
      "message.sent": handle,
      "message.received": handle,
      "message.read": handle,
      "call.completed": handle,
      "reaction.sent": handle,
      "reaction.received": handle,
      "typing_indicator.received": handle,
      "typing_indicator.removed": handle,
      "contact.created": handle,
      "contact.updated": handle,
      "contact.deleted": handle,
      "participant.added": handle,
      "participant.removed": handle,
    } satisfies EventHandlers;
    createReceiver({ secret, on: all });
    // @ts-expect-error The others are missing.
    ({ "message.sent": handle }) satisfies EventHandlers;
    expectTypeOf<keyof EventHandlers>().toEqualTypeOf<EventName>();
  });
});

describe("trust", () => {
  it("needs a secret, or an explicit waiver", () => {
    createReceiver({ secret: [secret, secret] });
    createReceiver({ secret, allowUnsigned: true });
    createReceiver({ secret, allowUnsigned: false });
    createReceiver({ allowUnsigned: true });
    // @ts-expect-error There is neither.
    createReceiver({});
    // @ts-expect-error It is not a waiver.
    createReceiver({ allowUnsigned: false });
    // @ts-expect-error There is no secret.
    void unwrapEvent({ body: "", headers });
    // @ts-expect-error There is no secret.
    void verifySignature({ body: "", signature: "" });
  });

  it("may be a variable of the environment, which is checked when the program runs", () => {
    createReceiver({ secret: process.env["SECRET"] });
    createReceiver({ secret: process.env["SECRET"], allowUnsigned: true });
    void unwrapEvent({ body: "", headers, secret: process.env["SECRET"] });
  });

  it("takes raw bodies only", () => {
    void unwrapEvent({ body: "", headers, secret });
    void unwrapEvent({ body: new Uint8Array(), headers, secret });
    void verifySignature({ body: Buffer.from(""), signature: null, secret });
    // @ts-expect-error It has been parsed.
    void unwrapEvent({ body: { event_type: "message.read" }, headers, secret });
    // @ts-expect-error It has been parsed.
    void verifySignature({ body: {}, signature: "", secret });
  });

  it("takes headers of every server", () => {
    void unwrapEvent({ body: "", headers: new Headers(), secret });
    void unwrapEvent({ body: "", headers: { a: "1", b: ["2"], c: undefined }, secret });
    void unwrapEvent({ body: "", headers: ["a", "1"], secret });
    void unwrapEvent({ body: "", headers: new Map([["a", "1"]]), secret });
    const lambda: Record<string, { key?: string | undefined; value: string }[]> = {};
    void unwrapEvent({ body: new ArrayBuffer(0), headers: lambda, secret });
  });
});

describe("a receiver", () => {
  it("has functions that fit where servers want them", () => {
    expectTypeOf<Receiver["fetch"]>().toExtend<(request: Request) => Promise<Response>>();
    expectTypeOf<Receiver["fetch"]>().toBeCallableWith({} as Request, {
      waitUntil: (promise: Promise<unknown>) => {
        void promise;
      },
    });
    expectTypeOf<Receiver["close"]>().returns.toEqualTypeOf<Promise<void>>();
  });

  it("refuses an unknown option and half a store", () => {
    // @ts-expect-error It is `secret`.
    createReceiver({ secret, secrets: [secret] });
    // @ts-expect-error It neither completes nor releases.
    createReceiver({ secret, store: { claim: () => "claimed" } });
    const store: DeliveryStore = {
      claim: () => Promise.resolve("claimed"),
      complete: () => Promise.resolve(1),
      release: () => undefined,
    };
    createReceiver({ secret, store });
    // @ts-expect-error A promise is not a key.
    createReceiver({ secret, dedupeKey: () => Promise.resolve("") });
  });

  it("tells errors and events to observers", () => {
    expectTypeOf<NonNullable<ReceiverOptions["onError"]>>()
      .parameter(1)
      .toEqualTypeOf<LinqEvent | undefined>();
    createReceiver({
      secret,
      onRefused: (error) => {
        if (error instanceof InvalidSignatureError)
          expectTypeOf(error.reason).toEqualTypeOf<
            | "missing"
            | "malformed"
            | "mismatch"
            | "looks_like_v3"
            | "body_reserialised"
            | "body_not_raw"
          >();
        else expectTypeOf(error.field).toBeString();
      },
    });
  });

  it("is a listener of node:http, of http2, and a handler of Connect", () => {
    const { node } = createReceiver({ secret });
    expectTypeOf(node).toExtend<RequestListener>();
    expectTypeOf(node).toExtend<
      (request: Http2ServerRequest, response: Http2ServerResponse) => void
    >();
    expectTypeOf(node).toExtend<
      (request: IncomingMessage, response: ServerResponse, next: () => void) => void
    >();
    // @ts-expect-error A `Request` is for `fetch`.
    node(new Request("https://example.com"), new Response());
  });
});
