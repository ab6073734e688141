/** What is looked at. */
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

/** How bad it is. */
export type Outcome = "ok" | "warning" | "failure";

/** What a check has found. */
export interface Finding {
  readonly check: Check;
  readonly outcome: Outcome;
  /** What was found, without a full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** A finding about one of several URLs. */
export interface LocatedFinding extends Finding {
  readonly webhook_url?: string;
}

/** What is as it should be. */
export function ok(check: Check, message: string): Finding {
  return { check, outcome: "ok", message };
}

/** What may be a reason that nothing arrives, or what is wrong in another way. */
export function warning(check: Check, message: string, advice: string): Finding {
  return { check, outcome: "warning", message, advice };
}

/** What keeps deliveries from arriving. */
export function failure(check: Check, message: string, advice: string): Finding {
  return { check, outcome: "failure", message, advice };
}

/** The worst of several findings; `ok` where there is none. */
export function worstOf(findings: readonly Pick<Finding, "outcome">[]): Outcome {
  const has = (outcome: Outcome): boolean => findings.some((each) => each.outcome === outcome);
  return has("failure") ? "failure" : has("warning") ? "warning" : "ok";
}
