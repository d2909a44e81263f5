import { Select } from "@mantine/core";
import { useLocale } from "../i18n/locale.tsx";
import { useShippers, type ParticipantId } from "./participant-choice.ts";

interface ShipperSelectProps {
  readonly value: ParticipantId | null;
  readonly onChange: (value: ParticipantId | null) => void;
}

export function ShipperSelect({ value, onChange }: ShipperSelectProps) {
  const { t } = useLocale();
  const { own, shippers } = useShippers();
  if (own) return null;
  return (
    <Select
      label={t("column.shipper")}
      required
      allowDeselect={false}
      data={shippers.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
    />
  );
}
