import { useEffect, useState } from "preact/hooks";
import type { ExampleForm } from "../../cli/page/protocol.js";
import { act, read } from "../live/api.js";
import type { PageProps } from "../page-props.js";
import { Choice } from "../parts/choice.js";
import { Field } from "./field.js";
import { type Entries, entriesOf, fillExample } from "./fill-example.js";

/** What came of the last attempt: the id of the delivery, or what is wrong. */
interface Result {
  readonly sent?: string;
  readonly problem?: string;
}

/** Sends an example of any event, with fields of one's own. */
export function ExampleView({ live, route, go }: PageProps): preact.JSX.Element {
  const state = live.state();
  const event = route.event || "message.received";
  const [form, setForm] = useState<ExampleForm>();
  const [entries, setEntries] = useState<Entries>({});
  const [{ sent, problem = "" }, setResult] = useState<Result>({});
  const fail = (error: unknown): void => {
    setResult({ problem: (error as Error).message }); // The server is asked, and throws nothing else.
  };
  useEffect(() => {
    let isStale = false;
    setResult({});
    // What stands in the fields of one event is not sent with another.
    setForm(undefined);
    read(`example?event=${encodeURIComponent(event)}`)
      .then((answer) => {
        if (isStale) return;
        const found = answer as ExampleForm; // The answer of our own server.
        setForm(found);
        setEntries(entriesOf(found));
      })
      .catch(fail);
    return () => {
      isStale = true;
    };
  }, [event]);

  const send = async (): Promise<void> => {
    setResult({});
    const data = form && fillExample(form, entries);
    const { id } = (await act("example", { event, data })) as { id: string }; // Our own server's.
    setResult({ sent: id });
  };
  return (
    <>
      <h1>Send an example</h1>
      <p class="lead">
        {state?.mode === "sandbox"
          ? "It goes to each active subscription that asks for the event."
          : `It goes to the receiver here, ${state?.hasSecret ? "signed" : "not signed, since there is no secret"}.`}
      </p>
      <form
        class="example"
        onSubmit={(submitted) => {
          submitted.preventDefault();
          send().catch(fail);
        }}
      >
        <label class="field">
          Event
          <Choice
            value={event}
            options={state?.events ?? [event]}
            set={(name) => {
              go({ event: name });
            }}
          />
        </label>
        {form?.fields.map((field) => (
          <Field
            key={field.path}
            field={field}
            value={entries[field.path] ?? ""}
            problem={problem}
            set={(value) => {
              setEntries((now) => ({ ...now, [field.path]: value }));
            }}
          />
        ))}
        <div class="actions">
          <button class="primary">Send</button>
          <p role="status">
            {sent !== undefined && (
              <>
                Sent. <a href={`#/deliveries?id=${encodeURIComponent(sent)}`}>Show the delivery</a>
              </>
            )}
          </p>
        </div>
        <p role="alert" class="problem">
          {problem}
        </p>
      </form>
    </>
  );
}
