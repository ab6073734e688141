import type { ExampleField } from "../../cli/page/protocol.js";
import { Choice } from "../parts/choice.js";

interface FieldProps {
  readonly field: ExampleField;
  readonly value: string;
  /** The error message of the server; empty if there is none. */
  readonly problem: string;
  readonly set: (value: string) => void;
}

/** One field of the data, with the error message if that names the field. */
export function Field({ field, value, problem, set }: FieldProps): preact.JSX.Element {
  const { path, type, isRequired, description = "", values } = field;
  const choices = values ?? (type === "boolean" ? ["true", "false"] : undefined);
  const isWrong = isNamed(path, problem);
  const shared = {
    id: path,
    "aria-invalid": isWrong,
    "aria-describedby": `${path}-note`,
  };
  return (
    <div class="field">
      <label for={path}>
        {path} {isRequired && <span class="faint">required</span>}
      </label>
      {choices ? (
        <Choice
          value={value}
          options={choices.includes(value) ? choices : [value, ...choices]}
          set={set}
          rest={shared}
        />
      ) : (
        <input
          value={value}
          inputMode={type === "string" ? "text" : "decimal"}
          onInput={({ currentTarget }) => {
            set(currentTarget.value);
          }}
          {...shared}
        />
      )}
      <p id={`${path}-note`} class={isWrong ? "problem" : "faint"}>
        {isWrong ? problem : description}
      </p>
    </div>
  );
}

/** Whether a sentence names the field itself, not only a longer name that contains it. */
function isNamed(path: string, sentence: string): boolean {
  return sentence
    .split(/[^\w.]+/)
    .some((word) => word.replace(/\.$/, "") === path || word === `data.${path}`);
}
