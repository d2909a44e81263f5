/** Facts behind a refusal, as they came from the domain or the door. */
export type Facts = Readonly<Record<string, unknown>>;

/** How a code is told: its HTTP status, what happened, and how to mend it. */
export interface Entry {
  readonly status: number;
  readonly title: string;
  readonly detail: string | ((facts: Facts) => string);
  readonly mend: string | ((facts: Facts) => string);
}

/** An entry in one breath. */
export const entry = (status: number, title: string, detail: Entry["detail"], mend: Entry["mend"]): Entry => ({
  status,
  title,
  detail,
  mend,
});
/** A fact as text. */
export const of = (facts: Readonly<Record<string, unknown>>, name: string): string => String(facts[name]);
