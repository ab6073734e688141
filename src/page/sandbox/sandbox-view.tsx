import type { PageState } from "../../cli/page/protocol.js";
import { act } from "../live/api.js";
import type { PageProps } from "../page-props.js";
import { Requests } from "./requests.js";
import { Setting } from "./setting.js";

/** The faults and switches of the sandbox, and its requests. */
export function SandboxView({ live, run }: PageProps): preact.JSX.Element {
  const state = live.state();
  const set = (action: "fault" | "switch", name: string, change: object): Promise<void> =>
    run(async () => {
      // Our own server sends this type.
      live.takeState((await act(action, { name, ...change })) as PageState);
      return `Changed ${name}.`;
    });
  return (
    <>
      <h1>Sandbox</h1>
      <div class="columns">
        <section>
          <h2>Faults</h2>
          {state?.faults.map(({ name, isOn }) => (
            <Setting
              key={name}
              setting={{ name, value: isOn, kind: "boolean" }}
              set={(to) => set("fault", name, { isOn: to })}
            />
          ))}
        </section>
        <section>
          <h2>Behaviour</h2>
          {state?.switches.map((setting) => (
            <Setting
              key={setting.name}
              setting={setting}
              set={(value) => set("switch", setting.name, { value })}
            />
          ))}
        </section>
      </div>
      <h2>Requests</h2>
      <Requests requests={live.requests()} />
    </>
  );
}
