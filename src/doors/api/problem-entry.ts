/** Facts behind a refusal, as they came from the domain or the door. */
export type Facts = Readonly<Record<string, unknown>>;

/** How a code is told: its HTTP status, what happened, and how to mend it. */
export interface Entry {
  readonly status: number;
  readonly title: string;
  readonly detail: string | ((facts: Facts) => string);
  readonly mend: string | ((facts: Facts) => string);
}
