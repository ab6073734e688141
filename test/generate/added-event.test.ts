import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { Validate } from "../../generated/operations.js";
import type { Project } from "./project.js";
import { typeErrors } from "./type-errors.js";
import { copyProject } from "./vendor-project.js";

describe("an event that the vendor adds to the page", () => {
  let project: Project;

  beforeAll(async () => {
    project = await copyProject((page) =>
      page.replaceAll('"participant.removed"]', '"participant.removed","location.shared"]'),
    );
    await project.generate();
  });

  test("is in the list at run time", async () => {
    // A dynamic import has no type; the other tests check it.
    const { EVENT_NAMES } = (await load("constants.ts")) as { EVENT_NAMES: string[] };
    expect(EVENT_NAMES.at(-1)).toBe("location.shared");
  });

  test("is accepted by the validator of the body", async () => {
    // The same.
    const { createWebhookSubscriptionBody: validate } = (await load("validators.ts")) as {
      createWebhookSubscriptionBody: Validate;
    };
    const subscription = {
      webhook_url: "https://a.example",
      version: 2,
      events: ["location.shared"],
    };
    expect(validate({ webhook_subscription: subscription })).toBe(true);
  });

  test("is in the schema of linq-webhooks.json, and accepted by its validator", async () => {
    const schema: unknown = JSON.parse(await project.read("generated/linq-webhooks.schema.json"));
    expect(schema).toMatchObject({
      properties: {
        subscriptions: {
          items: {
            properties: {
              events: { items: { enum: expect.arrayContaining(["location.shared"]) as unknown } },
            },
          },
        },
      },
    });
    // The same.
    const { validateConfig: validate } = (await load("config-validator.ts")) as {
      validateConfig: Validate;
    };
    const webhook_url = "https://a.example";
    expect(validate({ subscriptions: [{ webhook_url, events: ["location.shared"] }] })).toBe(true);
    expect(validate({ subscriptions: [{ webhook_url, events: ["location.hidden"] }] })).toBe(false);
  });

  test("is in the types", async () => {
    await project.write({
      "package.json": '{ "type": "module" }',
      "program.ts": `
import type { EventName } from "./generated/constants.js";
import type { components } from "./generated/openapi.js";
export const event: EventName = "location.shared";
export const events: components["schemas"]["WebhookSubscriptionInput"]["events"] = [event];
// @ts-expect-error Still no event.
export const other: EventName = "location.hidden";
`,
    });
    expect(typeErrors(project.folder, ["program.ts"])).toEqual([]);
  });

  function load(name: string): Promise<unknown> {
    return import(pathToFileURL(join(project.folder, "generated", name)).href);
  }
});
