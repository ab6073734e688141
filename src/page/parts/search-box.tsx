interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
}

/** An input for a text to search for. */
export function SearchBox({ label, value, set }: SearchBoxProps): preact.JSX.Element {
  return (
    <input
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      onInput={({ currentTarget }) => {
        set(currentTarget.value);
      }}
    />
  );
}
