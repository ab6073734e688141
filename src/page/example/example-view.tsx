import { useEffect, useState } from "preact/hooks";
import type { ExampleForm } from "../../cli/page/protocol.js";
import { act, read } from "../live/api.js";
import type { PageProps } from "../page-props.js";
import { Choice } from "../parts/choice.js";
import { Field } from "./field.js";
import { type Entries, entriesOf, fillExample } from "./fill-example.js";

/** The result of the last attempt: the id of the delivery, or an error message. */
interface Result {
  readonly sent?: string;
  readonly problem?: string;
}

/** Sends an example of any event, with fields that the user can change. */
export function ExampleView({ live, route, go }: PageProps): preact.JSX.Element {
  const state = live.state();
  const event = route.event || "message.received";
  const [form, setForm] = useState<ExampleForm>();
  const [entries, setEntries] = useState<Entries>({});
  const [{ sent, problem = "" }, setResult] = useState<Result>({});
  const fail = (error: unknown): void => {
    setResult({ problem: (error as Error).message }); // Requests reject only with errors.
  };
  useEffect(() => {
    let isStale = false;
    setResult({});
    // Entries for one event must not be sent with another.
    setForm(undefined);
    read(`example?event=${encodeURIComponent(event)}`)
      .then((answer) => {
        if (isStale) return;
        const found = answer as ExampleForm; // Our own server sends this type.
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
    const { id } = (await act("example", { event, data })) as { id: string }; // Our own server sends this type.
    setResult({ sent: id });
  };
  return (
    <>
      <h1>Send an example</h1>
      <p class="lead">
        {state?.mode === "sandbox"
          ? "Sent to each active subscription with this event."
          : `Sent to this receiver, ${state?.hasSecret ? "signed" : "unsigned (no secret is set)"}${state?.forwardTo == null ? "" : `, and forwarded to ${state.forwardTo}`}.`}
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
