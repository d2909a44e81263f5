import { Autocomplete, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useAsk } from "../../app/asking.ts";
import { useLocale } from "../../i18n/locale.tsx";
import type { PlaceDraft } from "./order-draft.ts";
import classes from "./orders.module.css";

interface PlaceFieldsProps {
  readonly end: "pickup" | "dropoff";
  readonly place: PlaceDraft;
  readonly change: (place: PlaceDraft) => void;
}

/** Who and where: the address offers what the loaded city knows, and says so when it only knows the street. */
export function PlaceFields({ end, place, change }: PlaceFieldsProps) {
  const { t } = useLocale();
  const [typed] = useDebouncedValue(place.address.trim(), 250);
  const [touched, setTouched] = useState(false);
  const search = useAsk(
    "findPlaces",
    { query: { text: typed.slice(0, 200), limit: 6 } },
    { enabled: touched && typed.length >= 3, keep: true },
  );
  const found = typed.length >= 3 ? (search.data?.places ?? []) : [];
  const byLabel = new Map(found.map((one) => [one.label, one]));
  const known = byLabel.get(place.address);

  const hint =
    place.point !== null && known !== undefined && known.precision !== "house"
      ? t("place.unsure")
      : touched && typed.length >= 3 && place.point === null && search.isSuccess && found.length === 0
        ? t("place.unknown")
        : null;

  return (
    <Stack gap={6} className={classes.end} component="section" aria-label={t(`stop.${end}`)}>
      <Title order={3}>{t(`stop.${end}`)}</Title>
      <TextInput
        label={t("place.name")}
        required
        maxLength={200}
        value={place.name}
        onChange={(event) => change({ ...place, name: event.currentTarget.value })}
      />
      <Autocomplete
        label={t("place.address")}
        required={place.point === null}
        placeholder={t("place.addressHint")}
        maxLength={300}
        data={[...byLabel.keys()]}
        filter={({ options }) => options}
        value={place.address}
        onChange={(address) => {
          setTouched(true);
          change({ ...place, address, point: byLabel.get(address)?.point ?? null });
        }}
        onOptionSubmit={(label) => change({ ...place, address: label, point: byLabel.get(label)?.point ?? null })}
      />
      {hint !== null && (
        <Text size="xs" role="status" style={{ color: "var(--mp-warn)" }}>
          {hint}
        </Text>
      )}
      <TextInput
        label={t("place.phone")}
        type="tel"
        maxLength={40}
        value={place.phone}
        onChange={(event) => change({ ...place, phone: event.currentTarget.value })}
      />
      <TextInput
        label={t("place.notes")}
        maxLength={1000}
        value={place.notes}
        onChange={(event) => change({ ...place, notes: event.currentTarget.value })}
      />
    </Stack>
  );
}
