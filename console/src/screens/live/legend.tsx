import { useLocale } from "../../i18n/locale.tsx";
import { useLive } from "../../app/live.tsx";
import { CarrierMark } from "../../parts/carrier-mark.tsx";
import { useCarrierLooks } from "../../parts/use-carrier-looks.ts";
import classes from "./live.module.css";

/** What the signs on the map mean, with how many legs each carrier has now. */
export function Legend({ closed }: { readonly closed: boolean }) {
  const { t, f } = useLocale();
  const looks = useCarrierLooks();
  const live = useLive((state) => state.live);
  const first = [...looks.keys()][0];
  const count = (carrier: string) => live?.legs.filter((leg) => leg.carrier?.id === carrier).length ?? 0;
  return (
    <details className={classes.legend} open={!closed} key={String(closed)}>
      <summary>{t("legend.title")}</summary>
      <ul>
        {[...looks.values()].map(({ id, name }) => (
          <li key={id}>
            <CarrierMark carrier={id} />
            <span>{name}</span>
            <span className="mp-num">{f.number(count(id))}</span>
          </li>
        ))}
      </ul>
      <ul>
        {(["fresh", "ageing", "old"] as const).map((trust) => (
          <li key={trust}>
            <CarrierMark carrier={first} trust={trust} />
            <span>{t(`legend.${trust}`)}</span>
            <span />
          </li>
        ))}
        <li>
          <Dot />
          <span>{t("legend.pickup")}</span>
          <span />
        </li>
        <li>
          <Dot full />
          <span>{t("legend.dropoff")}</span>
          <span />
        </li>
        <li>
          <Dot full late />
          <span>{t("legend.late")}</span>
          <span />
        </li>
      </ul>
    </details>
  );
}

function Dot({ full = false, late = false }: { readonly full?: boolean; readonly late?: boolean }) {
  return (
    <svg width="14" height="14" viewBox="-9 -9 18 18" aria-hidden="true">
      {late && <circle r="7.6" fill="var(--mp-bad)" fillOpacity="0.18" stroke="var(--mp-bad)" strokeWidth="1.6" />}
      <circle
        r="4"
        fill={full ? "var(--mantine-color-dimmed)" : "none"}
        stroke="var(--mantine-color-dimmed)"
        strokeWidth="2"
      />
    </svg>
  );
}
