interface EmptyProps {
  readonly title: string;
  /** What to do next. */
  readonly children: preact.ComponentChildren;
}

/** A placeholder for content that does not exist yet. */
export function Empty({ title, children }: EmptyProps): preact.JSX.Element {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
