import { Button } from "@mantine/core";
import { useState } from "react";
import type { OrderDetail } from "../../../../src/doors/api/contract.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { en, type MessageKey } from "../../i18n/en.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { eventWords, namesIn } from "./event-words.ts";
import classes from "./order.module.css";

const known = (key: string): key is MessageKey => key in en;

/** What happened, newest last; the machinery's own steps only when asked for. */
export function Timeline({ detail }: { readonly detail: OrderDetail }) {
  const { t, f, word } = useLocale();
  const now = useNetworkNow();
  const [everything, setEverything] = useState(false);
  const names = namesIn(detail);
  const entries = detail.timeline.map((entry) => ({ ...entry, words: eventWords(entry, { t, word, known, names }) }));
  const shown = everything ? entries : entries.filter(({ words }) => words.weight !== "detail");
  const hidden = entries.length - entries.filter(({ words }) => words.weight !== "detail").length;

  return (
    <>
      <ol className={classes.timeline} aria-live="polite" aria-relevant="additions">
        {shown.map(({ id, at, words, type }) => (
          <li key={id} data-weight={words.weight} title={everything ? type : undefined}>
            <time dateTime={at} title={f.dateTime(at)}>
              {f.when(at, now)}
            </time>
            <i aria-hidden="true" />
            <span>
              <b>{words.what}</b>
              {words.more !== null && <small>{words.more}</small>}
            </span>
          </li>
        ))}
      </ol>
      {hidden > 0 && (
        <Button variant="subtle" mt="xs" aria-expanded={everything} onClick={() => setEverything(!everything)}>
          {everything ? t("order.lessSteps") : t("order.allSteps", { n: hidden })}
        </Button>
      )}
    </>
  );
}
