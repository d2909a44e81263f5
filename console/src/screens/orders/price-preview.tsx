import { Skeleton, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useNetworkNow } from "../../app/live.tsx";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { wordsOf } from "../../parts/problem.tsx";
import type { ParticipantId } from "../../parts/participant-choice.ts";
import { bodyOf, canBePriced, type OrderDraft } from "./order-draft.ts";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../app/api.ts";
import classes from "./orders.module.css";

interface PricePreviewProps {
  readonly draft: OrderDraft;
  readonly shipper: ParticipantId | null;
  readonly ready: boolean;
}

/** What it would cost and when it would be there, while the form is being filled in; nothing is placed. */
export function PricePreview({ draft, shipper, ready }: PricePreviewProps) {
  const { t, f } = useLocale();
  const { city } = useSession();
  const now = useNetworkNow();
  const [settled] = useDebouncedValue(JSON.stringify({ ...bodyOf(draft, city.zone), reference: null }), 500);
  const quote = useQuery({
    queryKey: ["quoteOrder", shipper, settled],
    queryFn: ({ signal }) =>
      ask("quoteOrder", { query: shipper === null ? {} : { shipper }, body: JSON.parse(settled), signal }),
    enabled: ready && canBePriced(draft),
    staleTime: 30_000,
  });
  const outcome = quote.data?.outcomes[0];

  return (
    <div className={classes.price} role="status" aria-label={t("new.price")}>
      {quote.isFetching ? (
        <Skeleton h={20} w={220} />
      ) : quote.error !== null ? (
        <Text size="sm">{wordsOf(quote.error, t).happened}</Text>
      ) : outcome?.quote ? (
        <>
          <strong>{f.money(outcome.quote.price)}</strong>
          {outcome.quote.dropoffAt !== null && (
            <span>{t("new.there", { time: f.when(outcome.quote.dropoffAt, now) })}</span>
          )}
          <span>{f.distance(outcome.quote.distanceMeters)}</span>
          {outcome.quote.source === "great_circle" && <span>{t("estimate.great_circle")}</span>}
        </>
      ) : outcome?.problem ? (
        <span>
          {outcome.problem.detail}{" "}
          <Text span c="dimmed" size="sm">
            {outcome.problem.mend}
          </Text>
        </span>
      ) : (
        <Text size="sm" c="dimmed">
          {t("new.priceLater")}
        </Text>
      )}
    </div>
  );
}
