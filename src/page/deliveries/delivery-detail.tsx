import { useMemo } from "preact/hooks";
import { act } from "../live/api.js";
import type { PageDelivery, PageState } from "../../cli/page/protocol.js";
import type { PageProps } from "../page-props.js";
import { CopyButton } from "../parts/copy-button.js";
import { Dot } from "../parts/dot.js";
import { lasting } from "../parts/time.js";
import { asCurl } from "./as-curl.js";
import { asTest } from "./as-test.js";
import { PayloadTree } from "./payload-tree.js";
import { factsOf } from "./words.js";

interface DeliveryDetailProps {
  readonly delivery: PageDelivery;
  readonly state: PageState | undefined;
  readonly run: PageProps["run"];
  readonly close: () => void;
}

/** Shows all details of one delivery, with its actions. */
export function DeliveryDetail(props: DeliveryDetailProps): preact.JSX.Element {
  const { delivery, close } = props;
  const { event, receivedAt, outcome, headers, body, bodyBytes, isBodyCut } = delivery;
  // Payloads can be large, so do not render them again when other deliveries arrive.
  const content = useMemo(
    () => <Content {...{ headers, body, bodyBytes, isBodyCut }} />,
    [headers, body],
  );
  return (
    <section class="detail" aria-labelledby="detail-title">
      <header>
        <h2 id="detail-title" tabIndex={-1}>
          <Dot outcome={outcome} /> {event ?? "no event"}
        </h2>
        <button type="button" class="quiet" aria-label="Close the details" onClick={close}>
          ✕
        </button>
      </header>
      <p class="faint">{new Date(receivedAt).toLocaleString()}</p>
      <Actions {...props} />
      <dl class="facts">
        {factsOf(delivery).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {content}
    </section>
  );
}

function Actions({ delivery, state, run }: DeliveryDetailProps): preact.JSX.Element {
  const { id, url, isBodyCut } = delivery;
  const to = url ?? `${location.origin}${state?.receiverPath ?? "/"}`;
  const sendAgain = async (): Promise<string> => {
    await act("resend", { id });
    return "Sent again.";
  };
  const forward = async (): Promise<string> => {
    // Our own server sends this type.
    const answer = (await act("forward", { id })) as { status: number | null; duration: number };
    return `Forwarded: ${answer.status ?? "no answer"}, after ${lasting(answer.duration)}.`;
  };
  return (
    <div class="actions">
      <button type="button" onClick={() => void run(sendAgain)}>
        Send again
      </button>
      {state?.forwardTo != null && (
        <button type="button" onClick={() => void run(forward)}>
          Forward
        </button>
      )}
      <CopyButton run={run} disabled={isBodyCut} text={() => asCurl(delivery, to)}>
        Copy as curl
      </CopyButton>
      <CopyButton run={run} disabled={isBodyCut} text={() => asTest(delivery.body)}>
        Copy as a test
      </CopyButton>
      {isBodyCut && <p>The payload is too large to keep all of it, so it cannot be copied.</p>}
    </div>
  );
}

type ContentProps = Pick<PageDelivery, "headers" | "body" | "bodyBytes" | "isBodyCut">;

function Content({ headers, body, bodyBytes, isBodyCut }: ContentProps): preact.JSX.Element {
  return (
    <>
      <h2>Payload</h2>
      <PayloadTree key={body} body={body} />
      <details class="part">
        <summary>Headers ({headers.length})</summary>
        <dl class="headers">
          {headers.map(([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      <details class="part">
        <summary>
          Raw text ({isBodyCut && "the beginning of "}
          {bodyBytes} bytes)
        </summary>
        <pre tabIndex={0} aria-label="Raw text">
          {body}
        </pre>
      </details>
    </>
  );
}
