import { useNetworkNow } from "../../app/live.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { CarrierMark } from "../../parts/carrier-mark.tsx";
import classes from "./live.module.css";
import { trustOf, type CourierRow, type OrderRow, type Row } from "./live-model.ts";

/** One line of the list. */
export function RowLine({ row }: { readonly row: Row }) {
  return row.kind === "courier" ? <CourierLine row={row} /> : <OrderLine row={row} />;
}

function CourierLine({ row }: { readonly row: CourierRow }) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const { courier, next } = row;
  return (
    <>
      <span className={classes.mark}>
        <CarrierMark carrier={courier.carrier.id} trust={row.trust} size={16} />
      </span>
      <span className={classes.name}>{row.name}</span>
      <span className={classes.note}>
        {courier.carrier.name} · {row.carrying > 0 ? t("live.carrying", { n: row.carrying }) : t("live.empty")}
      </span>
      <span className={classes.aside}>
        {next === null ? t("live.idle") : `${t(`stop.${next.kind}`)} ${f.when(next.arrive, now)}`}
      </span>
      <span className={classes.aside2}>
        {courier.position === null ? t("live.unheard") : f.age(courier.position.ageSeconds)}
      </span>
    </>
  );
}

function OrderLine({ row }: { readonly row: OrderRow }) {
  const { t, word, f } = useLocale();
  const now = useNetworkNow();
  const { leg } = row;
  const { latest } = leg.dropoffWindow;
  const estimate = leg.estimate?.dropoff ?? null;
  return (
    <>
      <span className={classes.mark}>
        <CarrierMark
          carrier={leg.carrier?.id}
          size={16}
          trust={leg.carrierPosition === null ? "fresh" : trustOf(leg.carrierPosition.ageSeconds)}
        />
      </span>
      <span className={classes.name}>
        {row.name} <span style={{ fontWeight: 400, color: "var(--mantine-color-dimmed)" }}>{leg.shipper.name}</span>
      </span>
      <span className={classes.note}>
        {word("leg", leg.state)} · {row.courierName ?? leg.carrier?.name ?? t("live.nobody")}
      </span>
      <span
        className={`${classes.aside} ${row.promise === "late" ? classes.late : row.promise === "tight" ? classes.tight : ""}`}
      >
        {row.promise === "late" ? `${t("promise.late")} ` : ""}
        {estimate === null ? "–" : f.when(estimate, now)}
      </span>
      <span className={classes.aside2}>{latest === null ? "" : t("live.by", { time: f.when(latest, now) })}</span>
    </>
  );
}
