interface TableProps {
  readonly label: string;
  /** Titles; a title that begins with # marks a column of numbers. */
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

interface TableRow {
  readonly key: string | number;
  readonly class?: string | undefined;
  /** One cell for each column; the first one is the header of the row. */
  readonly cells: readonly preact.ComponentChildren[];
}

/** A table that scrolls if it is too wide, also with the keyboard. On phones, its rows are cards. */
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
