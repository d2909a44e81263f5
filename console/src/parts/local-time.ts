/**
 * What a clock on the wall in `zone` shows at an instant, as an HTML `datetime-local` value: 2026-11-21T14:30.
 *
 * Source: HTML Living Standard, "Local dates and times".
 */
export function wallClock(iso: string, zone: string): string {
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const part = Object.fromEntries(made.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  return `${part["year"]}-${part["month"]}-${part["day"]}T${part["hour"]}:${part["minute"]}`;
}

/**
 * The instant at which that clock shows `local`; null for what is no time. In the hour that a clock change repeats it is the
 * first one; a time that the change skips is read with the offset from before it, as people mean it.
 */
export function instantAt(local: string, zone: string): string | null {
  const naive = Date.parse(`${local}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) || Number.isNaN(naive)) return null;
  const offsets = [naive - 86_400_000, naive + 86_400_000].map((at) => offsetAt(at, zone));
  const fitting = offsets
    .map((offset) => naive - offset)
    .filter((at) => wallClock(new Date(at).toISOString(), zone) === local);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : naive - offsets[0]!).toISOString();
}

const offsetAt = (at: number, zone: string): number =>
  Date.parse(`${wallClock(new Date(at).toISOString(), zone)}Z`) - Math.floor(at / 60_000) * 60_000;
