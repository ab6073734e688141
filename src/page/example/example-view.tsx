import { useEffect, useState } from "preact/hooks";
import { act, read } from "../live/api.js";
import type { Example } from "../live/contract.js";
import type { PageProps } from "../page-props.js";
import { Choice } from "../parts/choice.js";
import { ExampleFields } from "./example-fields.js";
import { type Entries, entriesOf, fillExample } from "./fill-example.js";

/** Sends an example of any event, with fields of one's own. */
export function ExampleView({ live, route, go }: PageProps): preact.JSX.Element {
  const state = live.state();
  const event = route.event || "message.received";
  const [example, setExample] = useState<Example | Error>();
  const [entries, setEntries] = useState<Entries>({});
  const [problem, setProblem] = useState("");
  const [sent, setSent] = useState("");
  useEffect(() => {
    let isStale = false;
    setProblem("");
    setSent("");
    read(`example?event=${encodeURIComponent(event)}`).then(
      (answer) => {
        if (isStale) return;
        const found = answer as Example; // The answer of our own server.
        setExample(found);
        setEntries(entriesOf(found));
      },
      (error: unknown) => {
        if (!isStale) setExample(error as Error); // It throws nothing else.
      },
    );
    return () => {
      isStale = true;
    };
  }, [event]);

  const send = async (): Promise<void> => {
    if (!example || example instanceof Error) return;
    setProblem("");
    setSent("");
    try {
      const answer = await act("example", { event, data: fillExample(example, entries) });
      setSent((answer as { id: string }).id); // The answer of our own server.
    } catch (error) {
      setProblem((error as Error).message); // It throws nothing else.
    }
  };
  return (
    <>
      <h1>Send an example</h1>
      <p class="lead">
        {state?.mode === "sandbox"
          ? "It goes to every active subscription of the sandbox that asks for the event."
          : `It goes to your receiver here${state?.hasSecret === false ? ", without a signature, since there is no secret" : ", signed with your secret"}.`}
      </p>
      <form
        class="example"
        noValidate
        onSubmit={(submitted) => {
          submitted.preventDefault();
          void send();
        }}
      >
        <label class="field">
          <span>Event</span>
          <Choice
            value={event}
            options={state?.events ?? [event]}
            set={(name) => {
              go({ event: name });
            }}
          />
        </label>
        {example instanceof Error && <p role="alert">{example.message}</p>}
        {example && !(example instanceof Error) && (
          <ExampleFields
            fields={example.fields}
            entries={entries}
            problem={problem}
            change={(path, value) => {
              setEntries((now) => ({ ...now, [path]: value }));
            }}
          />
        )}
        <div class="actions">
          <button type="submit" class="primary">
            Send
          </button>
          <p role="status">
            {sent !== "" && (
              <>
                Sent.{" "}
                <a href={`#/deliveries?id=${encodeURIComponent(sent)}`}>Look at the delivery</a>
              </>
            )}
          </p>
        </div>
        <div role="alert">{problem !== "" && <p class="problem">{problem}</p>}</div>
      </form>
    </>
  );
}
