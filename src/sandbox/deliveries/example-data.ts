import type { EventName } from "../../../generated/constants.js";
import type { components, webhooks } from "../../../generated/webhook-events.js";

/** The `data` of an event. */
type EventData<Name extends EventName> =
  webhooks[Name]["post"]["requestBody"]["content"]["application/json"]["data"];

/** A realistic `data` for an event; empty for one that the specification does not know. */
export function findExampleData(event: string): object {
  return Object.hasOwn(EXAMPLE_DATA, event)
    ? EXAMPLE_DATA[event as EventName] // The table has exactly these names.
    : {};
}

type Schemas = components["schemas"];

const CHAT_HANDLES: Schemas["ChatHandle"][] = [
  { identifier: "+13125550142", display_name: "Example Realty", is_me: true },
  { identifier: "+13125550187", display_name: "Dana Reyes", is_me: false },
];

const MESSAGE: Schemas["Message"] = {
  id: "6b1f0c58-27c4-4a57-9a53-0d3c2a6f9e11",
  chat_id: "e2a4d7b0-5f0e-4c0b-8a3d-71c9b6f2d540",
  text: "Is the apartment still available? 🏡",
  sent_at: "2025-05-21 15:30:00 -0600",
  is_read: false,
  from_phone: "+13125550187",
  service: "iMessage",
  reaction_id: null,
  chat_handles: CHAT_HANDLES,
  attachments: [],
};

const REPLY: Schemas["Message"] = {
  ...MESSAGE,
  id: "c3d5e9a2-8e41-4f2d-b1c7-5a90f4e8d263",
  text: "It is! When would you like to see it?",
  sent_at: "2025-05-21 15:32:10 -0600",
  from_phone: "+13125550142",
  attachments: [
    {
      id: "f7a1b2c3-94d8-4e6f-a0b5-2c8d7e3f6a19",
      url: "https://files.example.com/floor-plan.jpg",
      filename: "floor-plan.jpg",
      mime_type: "image/jpeg",
    },
  ],
};

const CALL: Schemas["Call"] = {
  id: "9d8c7b6a-1f2e-4d3c-8b5a-6e7f8a9b0c1d",
  to: "+13125550142",
  from: "+13125550187",
  status: "completed",
  direction: "inbound",
  start_time: "2025-05-21T21:40:00Z",
  end_time: "2025-05-21T21:42:05Z",
  duration: 125,
  call_type: "voice",
  forwarded_from: null,
  answered_by: "human",
  voicemail: false,
  has_recording: true,
  recording_data: {
    id: "0a1b2c3d-4e5f-4a6b-9c7d-8e9f0a1b2c3d",
    url: "https://files.example.com/recording.mp3",
    duration: 121,
    transcribed: true,
    transcript_available: true,
    transcription: "Hello, I am calling about the apartment.",
    summary: "Dana asks to see the apartment on Friday.",
  },
};

const REACTION: Schemas["Reaction"] = {
  id: "41f6e8d0-3b7a-4c59-92e1-d0c8b7a6f534",
  chat_message_id: REPLY.id,
  chat_id: REPLY.chat_id,
  reaction: "love",
  is_from_me: false,
  sent_at: "2025-05-21 15:33:00 -0600",
  created_at: "2025-05-21T21:33:01Z",
  chat_handle: { id: "b8e0d2c4-6a19-4f73-85d1-e3f2a1c0b9d8", identifier: "+13125550187" },
  chat_handles: CHAT_HANDLES,
  associated_message: { id: REPLY.id, text: REPLY.text, sent_at: REPLY.sent_at },
};

const TYPING: Schemas["TypingIndicator"] = {
  chat_id: MESSAGE.chat_id,
  display: true,
  timestamp: "2025-05-21T21:31:30Z",
  chat_handles: CHAT_HANDLES,
};

const CONTACT: Schemas["Contact"] = {
  id: 48213,
  first_name: "Dana",
  last_name: "Reyes",
  full_name: "Dana Reyes",
  email: "dana.reyes@example.com",
  phone_number: "+13125550187",
  company: "Example Studio",
  title: "Architect",
  location: "Chicago, IL",
  image_url: null,
  created_at: "2025-05-20T16:05:00Z",
  updated_at: "2025-05-20T16:05:00Z",
  contact_owner: {
    id: 317,
    email: "sam@example.com",
    first_name: "Sam",
    last_name: "Okafor",
    name: "Sam Okafor",
  },
};

const EXAMPLE_DATA: { [Name in EventName]: EventData<Name> } = {
  "message.sent": REPLY,
  "message.received": MESSAGE,
  "message.read": { id: REPLY.id, chat_id: REPLY.chat_id, read_at: "2025-05-21T21:32:45Z" },
  "call.completed": CALL,
  "reaction.sent": {
    ...REACTION,
    id: "7c2d1e0f-5a4b-4938-a7c6-b5d4e3f2a190",
    chat_message_id: MESSAGE.id,
    reaction: "like",
    is_from_me: true,
    chat_handle: { id: "d1c2b3a4-7f6e-4d5c-9b8a-0f1e2d3c4b5a", identifier: "+13125550142" },
    associated_message: { id: MESSAGE.id, text: MESSAGE.text, sent_at: MESSAGE.sent_at },
  },
  "reaction.received": REACTION,
  "typing_indicator.received": TYPING,
  "typing_indicator.removed": { ...TYPING, display: false, timestamp: "2025-05-21T21:31:52Z" },
  "contact.created": CONTACT,
  "contact.updated": { ...CONTACT, title: "Partner", updated_at: "2025-05-22T09:12:00Z" },
  "contact.deleted": { id: CONTACT.id },
  "participant.added": { chat_id: MESSAGE.chat_id, identifier: "+13125550165" },
  "participant.removed": { chat_id: MESSAGE.chat_id, identifier: "+13125550165" },
};
