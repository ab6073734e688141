import { useState } from "preact/hooks";
import type { PageSwitch } from "../../cli/page/protocol.js";
import { Choice } from "../parts/choice.js";

type Value = PageSwitch["value"];

interface SettingProps {
  readonly setting: PageSwitch;
  /** Resolves when the server has answered, even with an error. */
  readonly set: (value: Value) => Promise<void>;
}

/** A value that the user has chosen and the server has not confirmed. */
interface Wish {
  readonly value: Value;
}

/** A switch, a number or a choice. Shows the new value until the server has answered. */
export function Setting({ setting, set }: SettingProps): preact.JSX.Element {
  const [wish, setWish] = useState<Wish>();
  const change = async (value: Value): Promise<void> => {
    const mine = { value };
    setWish(mine);
    await set(value);
    // The user may have chosen another value in the meantime.
    setWish((now) => (now === mine ? undefined : now));
  };
  return (
    <label class="setting">
      <span>{setting.name}</span>
      <Control
        setting={{ ...setting, ...wish }}
        type={(value) => {
          setWish(value === String(setting.value ?? "") ? undefined : { value });
        }}
        set={(value) => void change(value)}
      />
    </label>
  );
}

interface ControlProps {
  readonly setting: PageSwitch;
  /** Shows an incomplete value. */
  readonly type: (text: string) => void;
  readonly set: (value: Value) => void;
}

function Control({ setting: { value, kind, choices = [] }, type, set }: ControlProps) {
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
          onInput={({ currentTarget }) => {
            type(currentTarget.value);
          }}
          onChange={({ currentTarget }) => {
            set(currentTarget.value === "" ? null : currentTarget.valueAsNumber);
          }}
        />
      );
    case "choice":
      return <Choice value={String(value)} options={choices} set={set} />;
  }
}
