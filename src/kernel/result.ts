/** What the domain answers: a value, or a refusal with the facts that explain it. Never both, never thrown. */
export type Result<Value, No> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: No };

/**
 * The world did not answer. `retryable` says whether asking again can help without harm,
 * `after` how many milliseconds to wait first (null: the caller's own backoff).
 */
export interface Outage {
  readonly kind: "outage";
  readonly retryable: boolean;
  readonly after_ms: number | null;
  readonly reason: string;
}

export const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });
export const refuse = <No>(refusal: No): { readonly ok: false; readonly refusal: No } => ({ ok: false, refusal });

export const outage = (reason: string, retryable: boolean, after_ms: number | null = null): Outage => ({
  kind: "outage",
  retryable,
  after_ms,
  reason,
});
