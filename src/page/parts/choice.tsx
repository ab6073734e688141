import type { SelectHTMLAttributes } from "preact";

interface ChoiceProps {
  /** Its name for screen readers, where no label stands beside it. */
  readonly label?: string;
  readonly value: string;
  /** What can be chosen, and what is shown for it where that is something else. */
  readonly options: readonly (string | readonly [value: string, text: string])[];
  readonly set: (value: string) => void;
  /** What else the element has. */
  readonly rest?: SelectHTMLAttributes;
}

/** One of several. */
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
