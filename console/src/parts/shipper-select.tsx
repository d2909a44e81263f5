import { Select } from "@mantine/core";
import { useAsk } from "../app/asking.ts";
import { useSession } from "../app/session.tsx";
import { useLocale } from "../i18n/locale.tsx";

export type ShipperId = `participant_${string}`;

/** For whom an order is placed: the viewer itself where it is a shipper, else one that the operator names. */
export function useShippers(): {
  readonly own: boolean;
  readonly shippers: readonly { readonly id: ShipperId; readonly name: string }[];
} {
  const { viewer } = useSession();
  const { data } = useAsk("listParticipants");
  const own = viewer !== null && viewer.id !== "network";
  return { own, shippers: data?.participants.filter(({ roles }) => roles.includes("shipper")) ?? [] };
}

interface ShipperSelectProps {
  readonly value: ShipperId | null;
  readonly onChange: (value: ShipperId | null) => void;
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
