import {
  Button,
  Chip,
  Drawer,
  Fieldset,
  Group,
  NumberInput,
  Select,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { IconPlus, IconX } from "@tabler/icons-react";
import { lazy, Suspense, useState, type FormEvent } from "react";
import type { OrderView } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { useAsk } from "../../app/asking.ts";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { Problem } from "../../parts/problem.tsx";
import { useShippers, type ParticipantId } from "../../parts/participant-choice.ts";
import { ShipperSelect } from "../../parts/shipper-select.tsx";
import { shortId } from "../../parts/short-id.ts";
import { bodyOf, draftLike, emptyDraft, type OrderDraft } from "./order-draft.ts";
import classes from "./orders.module.css";
import { PlaceFields } from "./place-fields.tsx";
import { PricePreview } from "./price-preview.tsx";

// The map is half of the console's code: it comes while the form is already there.
const PinMap = lazy(() => import("./pin-map.tsx").then((module) => ({ default: module.PinMap })));

const requirements = ["signature", "photo", "pin", "age_check", "cold", "fragile", "two_person"] as const;

interface NewOrderProps {
  /** The order to copy; null for an empty form. */
  readonly like: OrderView["id"] | null;
  readonly close: () => void;
  readonly done: () => void;
}

/** The form of a new order, beside the table it will appear in. */
export function NewOrder({ like, close, done }: NewOrderProps) {
  const { t } = useLocale();
  const copied = useAsk("getOrder", { params: { id: like ?? "order_" } }, { enabled: like !== null });
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="min(46rem, 100vw)"
      title={<Text fw={620}>{t(like === null ? "new.title" : "new.titleCopy")}</Text>}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      {like === null ? (
        <Form start={emptyDraft} shipper={null} close={close} done={done} />
      ) : copied.error !== null ? (
        <Problem error={copied.error} />
      ) : copied.data === undefined ? (
        <Skeleton h={300} />
      ) : (
        <Form start={draftLike(copied.data)} shipper={copied.data.shipper.id} close={close} done={done} />
      )}
    </Drawer>
  );
}

interface FormProps {
  readonly start: OrderDraft;
  readonly shipper: ParticipantId | null;
  readonly close: () => void;
  readonly done: () => void;
}

function Form({ start, shipper, close, done }: FormProps) {
  const { t } = useLocale();
  const { city } = useSession();
  const { own, shippers } = useShippers();
  const [draft, setDraft] = useState(start);
  const [named, setNamed] = useState<ParticipantId | null>(shipper);
  const change = (part: Partial<OrderDraft>) => setDraft((old) => ({ ...old, ...part }));
  // One key per form: pressing twice, or again after a lost answer, places one order.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const onBehalf = own ? null : (named ?? shippers[0]?.id ?? null);
  const query = onBehalf === null ? {} : { shipper: onBehalf };

  const place = useMutation({
    mutationFn: () =>
      ask("createOrder", {
        query,
        body: bodyOf(draft, city.zone),
        idempotencyKey: `${idempotencyKey}:${digest(draft, onBehalf)}`,
      }),
    onSuccess: (answer) => {
      const order = answer as OrderView;
      notifications.show({ color: "teal", title: t("new.placed"), message: order.reference ?? shortId(order.id) });
      done();
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    place.mutate();
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Group grow align="flex-start">
          <ShipperSelect value={onBehalf} onChange={setNamed} />
          <TextInput
            label={t("column.reference")}
            description={null}
            placeholder={t("new.referenceHint")}
            maxLength={100}
            value={draft.reference}
            onChange={(event) => change({ reference: event.currentTarget.value })}
          />
        </Group>
        <div className={classes.ends}>
          <PlaceFields end="pickup" place={draft.pickup} change={(pickup) => change({ pickup })} />
          <PlaceFields end="dropoff" place={draft.dropoff} change={(dropoff) => change({ dropoff })} />
        </div>
        <div>
          <div className={classes.pinmap}>
            <Suspense fallback={<Skeleton h="100%" />}>
              <PinMap pickup={draft.pickup} dropoff={draft.dropoff} change={change} />
            </Suspense>
          </div>
          <Text size="xs" c="dimmed" mt={4}>
            {t("new.pinHint")}
          </Text>
        </div>
        <Window draft={draft} change={change} />
        <Parcels draft={draft} change={change} />
        <Needs draft={draft} change={change} />
        {place.error !== null && <Problem error={place.error} />}
      </Stack>
      <div className={classes.foot}>
        <PricePreview draft={draft} shipper={onBehalf} ready={own || onBehalf !== null} />
        <Button variant="default" onClick={close}>
          {t("app.cancel")}
        </Button>
        <Button type="submit" loading={place.isPending}>
          {t("new.place")}
        </Button>
      </div>
    </form>
  );
}

/** Short and stable: another draft is another request, and may not be answered with the first one's order. */
function digest(draft: OrderDraft, shipper: string | null): string {
  let hash = 0;
  for (const letter of JSON.stringify([draft, shipper])) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return (hash >>> 0).toString(36);
}

interface PartProps {
  readonly draft: OrderDraft;
  readonly change: (part: Partial<OrderDraft>) => void;
}

function Window({ draft, change }: PartProps) {
  const { t, f } = useLocale();
  return (
    <Fieldset legend={t("new.window", { zone: f.zone })} variant="unstyled">
      <Group grow>
        <TextInput
          type="datetime-local"
          label={t("new.earliest")}
          value={draft.earliest}
          onChange={(event) => change({ earliest: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label={t("new.latest")}
          value={draft.latest}
          onChange={(event) => change({ latest: event.currentTarget.value })}
        />
      </Group>
    </Fieldset>
  );
}

function Parcels({ draft, change }: PartProps) {
  const { t } = useLocale();
  const { parcels } = draft;
  const edit = (at: number, part: Partial<OrderDraft["parcels"][number]>) =>
    change({ parcels: parcels.map((parcel, i) => (i === at ? { ...parcel, ...part } : parcel)) });
  return (
    <div>
      <Title order={3} mb={6}>
        {t("column.parcels")}
      </Title>
      <Stack gap={6}>
        {parcels.map((parcel, i) => (
          <Group key={i} gap="xs" align="flex-end" wrap="nowrap">
            <NumberInput
              label={t("new.kilograms")}
              w={96}
              min={0}
              max={100_000}
              step={0.5}
              decimalScale={3}
              value={parcel.kilograms}
              onChange={(value) => edit(i, { kilograms: Number(value) || 0 })}
            />
            <NumberInput
              label={t("new.liters")}
              w={96}
              min={0}
              max={1_000_000}
              allowDecimal={false}
              value={parcel.liters}
              onChange={(value) => edit(i, { liters: Number(value) || 0 })}
            />
            <TextInput
              label={t("new.contents")}
              flex={1}
              maxLength={200}
              value={parcel.contents}
              onChange={(event) => edit(i, { contents: event.currentTarget.value })}
            />
            <Button
              variant="subtle"
              color="gray"
              px={6}
              disabled={parcels.length === 1}
              aria-label={t("new.removeParcel", { n: i + 1 })}
              onClick={() => change({ parcels: parcels.filter((_, other) => other !== i) })}
            >
              <IconX size={14} />
            </Button>
          </Group>
        ))}
      </Stack>
      <Button
        variant="subtle"
        mt={6}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => change({ parcels: [...parcels, { kilograms: 1, liters: 5, contents: "" }] })}
      >
        {t("new.addParcel")}
      </Button>
    </div>
  );
}

function Needs({ draft, change }: PartProps) {
  const { t, word } = useLocale();
  return (
    <Group gap="md" align="flex-end">
      <div role="group" aria-label={t("new.needs")}>
        <Text size="xs" fw={500} mb={4}>
          {t("new.needs")}
        </Text>
        <Chip.Group multiple value={draft.requirements} onChange={(value) => change({ requirements: value })}>
          <Group gap={6}>
            {requirements.map((requirement) => (
              <Chip key={requirement} size="xs" value={requirement}>
                {word("requirement", requirement)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </div>
      <Select
        label={t("new.undeliverable")}
        allowDeselect={false}
        data={(["return", "leave_safe"] as const).map((value) => ({ value, label: t(`undeliverable.${value}`) }))}
        value={draft.ifUndeliverable}
        onChange={(value) => change({ ifUndeliverable: value as OrderDraft["ifUndeliverable"] })}
      />
    </Group>
  );
}
