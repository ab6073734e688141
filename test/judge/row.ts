/** A webhook subscription as the judge keeps it. Never changed in place: a write makes a new one. */
export interface Row {
  readonly id: number;
  readonly webhook_url: string;
  readonly version: number;
  readonly events: readonly string[];
  readonly active: boolean;
  readonly last_delivered_at: string | null;
  readonly delivery_attempts: number;
  readonly created_at: string;
  readonly updated_at: string;
  /** The secret itself, which no answer shows. */
  readonly secret: string | undefined;
  /** The URL as it was sent, before the server spelled it in its own way. */
  readonly sentUrl: string;
  /** Whether the test put it there as somebody else's, so that no client may write to it. */
  readonly foreign: boolean;
  /** Tells a row from a later one that was given the same id. */
  readonly serial: number;
}

/** A row as answers show it, by the vendor's page. */
export function toBody(row: Row, isTextId: boolean): Readonly<Record<string, unknown>> {
  return {
    id: isTextId ? String(row.id) : row.id,
    webhook_url: row.webhook_url,
    version: row.version,
    events: row.events,
    active: row.active,
    secret_configured: row.secret !== undefined,
    last_delivered_at: row.last_delivered_at,
    delivery_attempts: row.delivery_attempts,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
