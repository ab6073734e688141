import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { DeliveriesView } from "./deliveries/deliveries-view.js";
import { ExampleView } from "./example/example-view.js";
import { type Live, listenToServer } from "./live/live.js";
import type { PageProps } from "./page-props.js";
import { Connection } from "./parts/connection.js";
import { type Notice, NoticeBox } from "./parts/notice-box.js";
import { formatRoute, parseRoute, type View } from "./route.js";
import { SandboxView } from "./sandbox/sandbox-view.js";
import { SubscriptionsView } from "./subscriptions/subscriptions-view.js";

const VIEWS: Readonly<
  Record<View, { title: string; Component: (props: PageProps) => preact.JSX.Element }>
> = {
  deliveries: { title: "Deliveries", Component: DeliveriesView },
  subscriptions: { title: "Subscriptions", Component: SubscriptionsView },
  example: { title: "Send an example", Component: ExampleView },
  sandbox: { title: "Sandbox", Component: SandboxView },
};

function Page(): preact.JSX.Element {
  const live = useLive();
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  const [notice, setNotice] = useState<Notice>();
  const isSandbox = live.state()?.mode !== "listen";
  const { title, Component } =
    VIEWS[isSandbox || route.view !== "sandbox" ? route.view : "deliveries"];

  useEffect(() => {
    const follow = (): void => {
      setRoute(parseRoute(location.hash));
    };
    addEventListener("popstate", follow);
    return () => {
      removeEventListener("popstate", follow);
    };
  }, []);
  useEffect(() => {
    document.title = `${title} · linq-webhooks`;
    setNotice(undefined);
  }, [title]);

  const go: PageProps["go"] = (change, isReplaced = false) => {
    const now = { ...parseRoute(location.hash), ...change };
    history[isReplaced ? "replaceState" : "pushState"](null, "", formatRoute(now));
    setRoute(now);
  };
  const run: PageProps["run"] = async (task) => {
    try {
      setNotice({ text: await task(), isError: false });
    } catch (error) {
      setNotice({ text: error instanceof Error ? error.message : String(error), isError: true });
    }
  };
  return (
    <>
      <header class="top">
        <b>linq-webhooks</b>
        <nav aria-label="Views">
          {Object.entries(VIEWS).map(([view, { title: name }]) =>
            view === "sandbox" && !isSandbox ? null : (
              <a href={`#/${view}`} aria-current={view === route.view ? "page" : undefined}>
                {name}
              </a>
            ),
          )}
        </nav>
        <Connection live={live} />
      </header>
      <main>
        <Component live={live} route={route} go={go} run={run} />
      </main>
      <NoticeBox
        notice={notice}
        close={() => {
          setNotice(undefined);
        }}
      />
    </>
  );
}

/** The live data of the server. Renders at most once per frame, however many messages arrive. */
function useLive(): Live {
  const [, update] = useState(0);
  const live = useRef<Live>(undefined);
  if (live.current === undefined) {
    let isPending = false;
    live.current = listenToServer(() => {
      if (isPending) return;
      isPending = true;
      requestAnimationFrame(() => {
        isPending = false;
        update((count) => count + 1);
      });
    });
  }
  return live.current;
}

render(<Page />, document.body);
