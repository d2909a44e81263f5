/** One thing in a file that cannot be understood: where, what is there, and how to mend it. */
export interface Fault {
  /** As in `shipments[3].pickup.windows[0]`; for text files `line 7`. */
  readonly path: string;
  readonly what: string;
  readonly mend: string;
}

/** What a file turned out to be, or everything that is wrong with it. */
export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export const faultLine = ({ path, what, mend }: Fault): string => `${path}: ${what}; ${mend}`;
