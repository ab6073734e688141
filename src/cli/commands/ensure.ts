import type { EnsureResult } from "../../index.js";
import { toShow } from "../../subscriptions/subscription.js";
import { defineCommand } from "../command.js";
import { API_OPTIONS, connect } from "../input/connect.js";
import { FIELD_OPTIONS, readWholeFields } from "../input/read-fields.js";
import { renderSubscriptions } from "../output/subscription-table.js";

/** Makes sure that events are delivered exactly once. */
export const ensure = defineCommand({
  positionals: [],
  options: { ...FIELD_OPTIONS, ...API_OPTIONS },
  examples: ["ensure --url https://example.com/hook --event message.received,message.read"],
  notes: ["It only adds what is missing, so running it again changes nothing."],
  run: async (context) => {
    const { io, options, print, printJson, redact, style } = context;
    const fields = await readWholeFields(context);
    const linq = await connect(context, { allowUnknownEvents: options["allow-unknown-events"] });
    const result = await linq.webhookSubscriptions.ensure(fields, { signal: io.signal });
    const subscriptions = toShow(result.subscriptions, redact);
    if (options.json) {
      printJson({ outcome: result.outcome, subscriptions });
    } else {
      print(style("good", SENTENCES[result.outcome]));
      print(await renderSubscriptions(context, subscriptions));
    }
    return 0;
  },
});

const SENTENCES: Readonly<Record<EnsureResult["outcome"], string>> = {
  created: "Created what was missing.",
  updated: "Mended what was delivered twice.",
  unchanged: "Nothing to do: each event is delivered exactly once.",
};
