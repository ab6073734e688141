import type { EnsureResult } from "../../index.js";
import { toShow } from "../../subscriptions/subscription.js";
import { defineCommand } from "../command.js";
import { API_OPTIONS, connect, RECHECK_AFTER } from "../input/connect.js";
import { FIELD_OPTIONS, readWholeFields } from "../input/read-fields.js";
import { renderSubscriptions } from "../output/subscription-table.js";

/** Makes sure that each event is delivered exactly once. */
export const ensure = defineCommand({
  positionals: [],
  options: {
    ...FIELD_OPTIONS,
    "rotate-secret": {
      type: "boolean",
      summary: "write the secret even if one is stored already",
    },
    ...API_OPTIONS,
  },
  examples: ["ensure --url https://example.com/hook --event message.received,message.read"],
  notes: [
    "It only adds what is missing, so running it again changes nothing. The API never returns a secret, so a stored one cannot be compared with yours: --rotate-secret writes yours.",
  ],
  run: async (context) => {
    const { io, options, print, printJson, style } = context;
    const fields = await readWholeFields(context);
    const linq = await connect(context, { allowUnknownEvents: options["allow-unknown-events"] });
    const rotateSecret = options["rotate-secret"];
    const result = await linq.webhookSubscriptions.ensure(fields, {
      rotateSecret,
      recheckAfter: RECHECK_AFTER,
      signal: io.signal,
    });
    const subscriptions = toShow(result.subscriptions);
    if (options.json) {
      printJson({ outcome: result.outcome, subscriptions });
    } else {
      print(style("good", SENTENCES[result.outcome]));
      if (result.outcome === "unchanged" && fields.secret !== undefined) print(NOT_COMPARED);
      print(await renderSubscriptions(context, subscriptions));
    }
    return 0;
  },
});

const SENTENCES: Readonly<Record<EnsureResult["outcome"], string>> = {
  created: "Created what was missing.",
  updated: "Changed the subscriptions that differed.",
  unchanged: "Nothing to do: each event is delivered exactly once.",
};

const NOT_COMPARED =
  "The secret was not compared with the stored one, which the API never returns; --rotate-secret writes yours.";
