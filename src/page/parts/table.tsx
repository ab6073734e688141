interface TableProps {
  readonly label: string;
  /** Those that begin with # hold numbers. */
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

interface TableRow {
  readonly key: string | number;
  readonly class?: string | undefined;
  /** As many as there are columns; the first one names the row. */
  readonly cells: readonly preact.ComponentChildren[];
}

/** A table that can be scrolled where it is too wide, from the keyboard too. */
export function Table({ label, columns, rows }: TableProps): preact.JSX.Element {
  const classOf = (index: number): string => (columns[index]?.startsWith("#") ? "number" : "");
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((title, index) => (
              <th scope="col" class={classOf(index)}>
                {title.replace("#", "")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, class: name, cells: [first, ...others] }) => (
            <tr key={key} class={name}>
              <th scope="row" class={classOf(0)}>
                {first}
              </th>
              {others.map((cell, index) => (
                <td class={classOf(index + 1)}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
