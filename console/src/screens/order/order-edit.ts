import type { Body } from "../../../../src/doors/api/contract.ts";

/** The form of a change; times as a clock on the city's wall shows them, empty for none. */
export interface Edit {
  readonly readyAt: string;
  readonly earliest: string;
  readonly latest: string;
  readonly phone: string;
  readonly notes: string;
}

/** Only what was changed: what one did not touch is not written back over somebody else's edit. */
export function editOf(before: Edit, after: Edit, instant: (wall: string) => string | null): Body<"changeOrder"> {
  const changed = (...fields: (keyof Edit)[]) => fields.some((field) => before[field] !== after[field]);
  const orNull = (text: string) => (text.trim() === "" ? null : text.trim());
  const readyAt = instant(after.readyAt);
  return {
    ...(changed("readyAt") && readyAt !== null ? { readyAt } : {}),
    ...(changed("earliest", "latest")
      ? { dropoffWindow: { earliest: instant(after.earliest), latest: instant(after.latest) } }
      : {}),
    ...(changed("phone") ? { dropoffPhone: orNull(after.phone) } : {}),
    ...(changed("notes") ? { dropoffNotes: orNull(after.notes) } : {}),
  };
}
