/** What a deed or rule answers: the value, or a refusal whose reason is a message key that exists in every language. */
export type Result<Value, Reason extends string = string> = Ok<Value> | Refused<Reason>;

export interface Ok<Value> {
  readonly ok: true;
  readonly value: Value;
}

export interface Refused<Reason extends string> {
  readonly ok: false;
  readonly reason: Reason;
  /** Named values that the message of the reason may need. */
  readonly details: Readonly<Record<string, string | number>>;
}

/** Wraps a value that was reached as wished. */
export function ok<Value>(value: Value): Ok<Value> {
  return { ok: true, value };
}

/** Refuses with a reason a person can read; never throws. */
export function refused<Reason extends string>(
  reason: Reason,
  details: Readonly<Record<string, string | number>> = {},
): Refused<Reason> {
  return { ok: false, reason, details };
}
