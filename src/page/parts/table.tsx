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

/** A table that can be scrolled where it is too wide, from the keyboard too; on a phone its rows are cards. */
export function Table({ label, columns, rows }: TableProps): preact.JSX.Element {
  const heads = columns.map((column) => {
    const title = column.replace("#", "");
    return { title, class: title === column ? "" : "number" };
  });
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {heads.map(({ title, class: name }) => (
              <th scope="col" class={name}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, class: name, cells }) => (
            <tr key={key} class={name}>
              {cells.map((cell, index) => {
                const Cell = index === 0 ? "th" : "td";
                const { title, class: kind } = heads[index] ?? {};
                return (
                  <Cell scope={index === 0 ? "row" : undefined} class={kind} data-label={title}>
                    {cell}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
