import type { ExampleField } from "../live/contract.js";
import { Choice } from "../parts/choice.js";
import type { Entries } from "./fill-example.js";

interface ExampleFieldsProps {
  readonly fields: readonly ExampleField[];
  readonly entries: Entries;
  /** What the server objects to; empty for nothing. */
  readonly problem: string;
  readonly change: (path: string, value: string) => void;
}

/** A field of the form for each field of the data. */
export function ExampleFields(props: ExampleFieldsProps): preact.JSX.Element {
  const { fields, entries, problem, change } = props;
  return (
    <>
      {fields.map((field) => (
        <Field
          key={field.path}
          field={field}
          value={entries[field.path] ?? ""}
          isWrong={names(problem, field.path)}
          problem={problem}
          set={(value) => {
            change(field.path, value);
          }}
        />
      ))}
    </>
  );
}

interface FieldProps {
  readonly field: ExampleField;
  readonly value: string;
  readonly isWrong: boolean;
  readonly problem: string;
  readonly set: (value: string) => void;
}

function Field({ field, value, isWrong, problem, set }: FieldProps): preact.JSX.Element {
  const { path, type, isRequired, description, values } = field;
  const choices = values ?? (type === "boolean" ? ["true", "false"] : undefined);
  const id = `field-${path}`;
  const shared = {
    id,
    "aria-invalid": isWrong,
    "aria-describedby": `${id}-note`,
  };
  const canBeEmpty = !isRequired || !choices?.includes(value);
  return (
    <div class="field">
      <label for={id}>
        {path} {!isRequired && <span class="faint">optional</span>}
      </label>
      {choices ? (
        <Choice
          value={value}
          options={[...(canBeEmpty ? [["", "left out"] as const] : []), ...choices]}
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
      <p id={`${id}-note`} class={isWrong ? "problem" : "faint"}>
        {isWrong ? problem : (description ?? "")}
      </p>
    </div>
  );
}

/** Whether a sentence names a field, and not only a longer one that begins or ends with it. */
function names(sentence: string, path: string): boolean {
  const at = sentence.indexOf(path);
  if (at < 0) return false;
  const [before, after] = [sentence[at - 1], sentence[at + path.length]];
  return !isOfName(before) && !isOfName(after);
}

function isOfName(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character);
}
