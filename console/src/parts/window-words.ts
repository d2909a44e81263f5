import type { Format } from "../i18n/format.ts";
import type { Text } from "../i18n/locale.tsx";

interface Window {
  readonly earliest: string | null;
  readonly latest: string | null;
}

/** A window as one says it: by ten, from nine on, nine to ten. Null when both ends are open. */
export function windowWords(
  window: Window,
  now: string,
  { t, f }: { readonly t: Text; readonly f: Format },
): string | null {
  if (window.earliest === null && window.latest !== null) return t("window.by", { time: f.when(window.latest, now) });
  if (window.earliest !== null && window.latest === null)
    return t("window.from", { time: f.when(window.earliest, now) });
  return f.span(window, now);
}
