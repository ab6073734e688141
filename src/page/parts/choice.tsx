import type { SelectHTMLAttributes } from "preact";

interface ChoiceProps {
  /** Its name for screen readers, if it has no visible label. */
  readonly label?: string;
  readonly value: string;
  /** The values, each with its text if that is different. */
  readonly options: readonly (string | readonly [value: string, text: string])[];
  readonly set: (value: string) => void;
  /** Other attributes of the element. */
  readonly rest?: SelectHTMLAttributes;
}

/** A choice of one value. */
export function Choice({ label, value, options, set, rest }: ChoiceProps): preact.JSX.Element {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => {
        set(currentTarget.value);
      }}
      {...rest}
    >
      {options.map((option) => {
        const [name, text] = typeof option === "string" ? [option, option] : option;
        return <option value={name}>{text}</option>;
      })}
    </select>
  );
}
