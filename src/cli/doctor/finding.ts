/** The name of a check. */
export type Check =
  | "token"
  | "subscription"
  | "events"
  | "secret"
  | "deliveries"
  | "address"
  | "certificate"
  | "unsigned"
  | "signed"
  | "duration";

/** The severity of a finding. */
export type Outcome = "ok" | "warning" | "failure";

/** The result of a check. */
export interface Finding {
  readonly check: Check;
  readonly outcome: Outcome;
  /** A sentence about the result, without a full stop. */
  readonly message: string;
  /** What to do next. */
  readonly advice?: string;
}

/** A finding about one of several URLs. */
export interface LocatedFinding extends Finding {
  readonly webhook_url?: string;
}

/** A check that passed. */
export function ok(check: Check, message: string): Finding {
  return { check, outcome: "ok", message };
}

/** A problem that may stop deliveries, or another problem. */
export function warning(check: Check, message: string, advice: string): Finding {
  return { check, outcome: "warning", message, advice };
}

/** A problem that stops deliveries. */
export function failure(check: Check, message: string, advice: string): Finding {
  return { check, outcome: "failure", message, advice };
}

/** The worst outcome of several findings; `ok` for an empty list. */
export function worstOf(findings: readonly Pick<Finding, "outcome">[]): Outcome {
  const has = (outcome: Outcome): boolean => findings.some((each) => each.outcome === outcome);
  return has("failure") ? "failure" : has("warning") ? "warning" : "ok";
}
