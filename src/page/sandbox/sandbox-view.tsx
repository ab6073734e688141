import { act } from "../live/api.js";
import type { ApiRequest, FaultState, SwitchState } from "../live/contract.js";
import type { PageProps } from "../page-props.js";
import { Empty } from "../parts/empty.js";
import { clock, lasting } from "../parts/time.js";

/** What can go wrong with the sandbox, how it behaves, and what is asked of it. */
export function SandboxView({ live, run }: PageProps): preact.JSX.Element {
  const state = live.state();
  if (state?.mode === "listen") {
    return (
      <Empty title="There is no sandbox here">
        <p>
          <code>npx linq-webhooks sandbox --ui</code> starts one.
        </p>
      </Empty>
    );
  }
  return (
    <>
      <h1>Sandbox</h1>
      <div class="columns">
        <section aria-labelledby="faults">
          <h2 id="faults">What goes wrong</h2>
          {state?.faults.map((fault) => <FaultSwitch key={fault.name} fault={fault} run={run} />)}
        </section>
        <section aria-labelledby="switches">
          <h2 id="switches">How it behaves</h2>
          {state?.switches.map((one) => <Setting key={one.name} setting={one} run={run} />)}
        </section>
      </div>
      <h2>Requests</h2>
      <Requests requests={live.requests()} />
    </>
  );
}

type Run = PageProps["run"];

function FaultSwitch({ fault: { name, isOn }, run }: { fault: FaultState; run: Run }) {
  const set = async (to: boolean): Promise<string> => {
    await act("fault", { name, isOn: to });
    return `${name} is ${to ? "on" : "off"}.`;
  };
  return <Switch name={name} isOn={isOn} set={(to) => void run(() => set(to))} />;
}

function Setting({ setting: { name, value, kind, choices = [] }, run }: SettingProps) {
  const set = (to: unknown): void =>
    void run(async () => {
      await act("switch", { name, value: to });
      return `${name} is set.`;
    });
  if (kind === "boolean") return <Switch name={name} isOn={value === true} set={set} />;
  const shown = typeof value === "string" || typeof value === "number" ? String(value) : "";
  return (
    <label class="setting">
      <span>{name}</span>
      {kind === "number" ? (
        <input
          type="number"
          value={shown}
          placeholder="off"
          onChange={({ currentTarget }) => {
            set(currentTarget.value === "" ? null : currentTarget.valueAsNumber);
          }}
        />
      ) : (
        <select
          value={shown}
          onChange={({ currentTarget }) => {
            set(currentTarget.value);
          }}
        >
          {choices.map((choice) => (
            <option value={choice}>{choice}</option>
          ))}
        </select>
      )}
    </label>
  );
}

interface SettingProps {
  readonly setting: SwitchState;
  readonly run: Run;
}

interface SwitchProps {
  readonly name: string;
  readonly isOn: boolean;
  readonly set: (isOn: boolean) => void;
}

function Switch({ name, isOn, set }: SwitchProps): preact.JSX.Element {
  return (
    <label class="setting">
      <span>{name}</span>
      <input
        type="checkbox"
        role="switch"
        checked={isOn}
        onChange={({ currentTarget }) => {
          set(currentTarget.checked);
        }}
      />
    </label>
  );
}

function Requests({ requests }: { requests: readonly ApiRequest[] }): preact.JSX.Element {
  if (requests.length === 0) {
    return (
      <Empty title="Nothing has been asked of the sandbox yet">
        <p>
          Point a program at it: set <code>LINQ_BASE_URL</code> as the command says in its terminal.
        </p>
      </Empty>
    );
  }
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Requests">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Request</th>
            <th scope="col" class="number">
              Status
            </th>
            <th scope="col" class="number">
              Took
            </th>
            <th scope="col">Fault</th>
          </tr>
        </thead>
        <tbody>
          {requests.map(({ id, at, method, path, status, duration, fault }) => (
            <tr key={id}>
              <td class="number">{clock(at)}</td>
              <td class="url">{`${method} ${path}`}</td>
              <td class="number">{status ?? "–"}</td>
              <td class="number">{lasting(duration)}</td>
              <td>{fault ?? ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
