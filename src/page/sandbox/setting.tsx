import type { PageSwitch } from "../../cli/page/protocol.js";
import { Choice } from "../parts/choice.js";

interface SettingProps {
  readonly setting: PageSwitch;
  readonly set: (value: string | number | boolean | null) => void;
}

/** Something that can be switched, counted or chosen. */
export function Setting({ setting, set }: SettingProps): preact.JSX.Element {
  return (
    <label class="setting">
      <span>{setting.name}</span>
      <Control setting={setting} set={set} />
    </label>
  );
}

function Control({ setting: { value, kind, choices = [] }, set }: SettingProps) {
  switch (kind) {
    case "boolean":
      return (
        <input
          type="checkbox"
          role="switch"
          checked={value === true}
          onChange={({ currentTarget }) => {
            set(currentTarget.checked);
          }}
        />
      );
    case "number":
      return (
        <input
          type="number"
          value={String(value ?? "")}
          placeholder="off"
          onChange={({ currentTarget }) => {
            set(currentTarget.value === "" ? null : currentTarget.valueAsNumber);
          }}
        />
      );
    case "choice":
      return <Choice value={String(value)} options={choices} set={set} />;
  }
}
