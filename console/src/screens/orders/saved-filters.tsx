import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconBookmark, IconTrash } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useLocale } from "../../i18n/locale.tsx";
import { filterFrom, sameFilter, withSaved, type OrderFilter, type SavedFilter } from "./order-filter.ts";

/** Filters kept in this browser under a name. */
export function SavedFilters({
  filter,
  apply,
}: {
  readonly filter: OrderFilter;
  readonly apply: (filter: OrderFilter) => void;
}) {
  const { t } = useLocale();
  const [saved, setSaved] = useLocalStorage<SavedFilter[]>({ key: "milepool.orders.filters", defaultValue: [] });
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState("");
  const current = saved.find((one) => sameFilter(one, filter));
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    setSaved(withSaved(saved, name.trim(), filter));
    setName("");
  };

  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={270} trapFocus shadow="md">
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconBookmark size={14} aria-hidden />}
          onClick={() => setOpened(!opened)}
          aria-expanded={opened}
        >
          {current?.name ?? t("saved.title")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {saved.length === 0 && (
            <Text size="xs" c="dimmed">
              {t("saved.none")}
            </Text>
          )}
          {saved.map((one) => (
            <Group key={one.name} gap={4} wrap="nowrap">
              <Button
                variant={one === current ? "light" : "subtle"}
                color="gray"
                justify="start"
                flex={1}
                onClick={() => {
                  apply(filterFrom(one));
                  setOpened(false);
                }}
              >
                {one.name}
              </Button>
              <ActionIcon
                aria-label={t("saved.remove", { name: one.name })}
                onClick={() => setSaved(saved.filter((other) => other !== one))}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </Group>
          ))}
          <form onSubmit={save}>
            <Group gap={6} wrap="nowrap">
              <TextInput
                flex={1}
                aria-label={t("saved.name")}
                placeholder={t("saved.name")}
                value={name}
                maxLength={40}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button type="submit" disabled={name.trim() === ""}>
                {t("saved.save")}
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
