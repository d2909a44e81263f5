import { Button, Group, Modal, PasswordInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { Answer, ConnectionView } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { useAsk } from "../../app/asking.ts";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { Problem } from "../../parts/problem.tsx";

type Platform = Answer<"listConnections">["platforms"][number];

interface LinkDialogProps {
  readonly platforms: readonly Platform[];
  /** The connection to change; null for a new one. */
  readonly connection: ConnectionView | null;
  readonly close: () => void;
  readonly done: () => void;
}

/** A platform's own account, under the names that its portal gives the credentials. */
export function LinkDialog({ platforms, connection, close, done }: LinkDialogProps) {
  const { t } = useLocale();
  const { viewer } = useSession();
  const link = connection?.link ?? null;
  const [chosen, setChosen] = useState(link?.platform ?? platforms[0]?.platform ?? null);
  const platform = platforms.find((one) => one.platform === chosen);
  const [name, setName] = useState("");
  const [credentials, setCredentials] = useState<Readonly<Record<string, string>>>({});
  const [fallbackPhone, setPhone] = useState(link?.fallbackPhone ?? "");
  const [baseUrl, setBaseUrl] = useState(link?.baseUrl ?? "");
  const { data } = useAsk("listParticipants");
  const taken = data?.participants.find(
    ({ carriage }) => carriage?.kind === "platform" && carriage.connector === chosen,
  );

  const save = useMutation({
    mutationFn: async () => {
      const given = Object.fromEntries(Object.entries(credentials).filter(([, value]) => value !== ""));
      const shared = { fallbackPhone, baseUrl: baseUrl.trim() === "" ? null : baseUrl.trim() };
      if (connection !== null) {
        const body = { ...shared, ...(Object.keys(given).length === 0 ? {} : { credentials: given }) };
        return ask("changeLink", { params: { participant: connection.participant.id }, body });
      }
      const participant = taken?.id ?? (await join(name.trim() || platform!.name, chosen!)).id;
      return ask("linkPlatform", { body: { participant, credentials: given, ...shared } });
    },
    onSuccess: () => {
      done();
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };

  return (
    <Modal
      opened
      onClose={close}
      title={connection?.participant.name ?? t("link.add")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {connection === null && (
            <Select
              label={t("link.platform")}
              allowDeselect={false}
              data={platforms.map(({ platform, name }) => ({ value: platform, label: name }))}
              value={chosen}
              onChange={setChosen}
            />
          )}
          {connection === null && (
            <TextInput
              label={t("link.as")}
              disabled={taken !== undefined}
              maxLength={200}
              placeholder={platform?.name ?? ""}
              value={taken?.name ?? name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          <Text size="xs" c="dimmed">
            {t("link.secretHint")} {connection !== null && t("link.keepHint")}
          </Text>
          {platform?.credentials.map((credential) => (
            <PasswordInput
              key={credential}
              size="xs"
              label={credential}
              autoComplete="off"
              required={connection === null}
              value={credentials[credential] ?? ""}
              onChange={(event) => setCredentials({ ...credentials, [credential]: event.currentTarget.value })}
            />
          ))}
          <TextInput
            label={t("link.phone")}
            type="tel"
            required
            placeholder="+12025550100"
            value={fallbackPhone}
            onChange={(event) => setPhone(event.currentTarget.value)}
          />
          {viewer?.id === "network" && (
            <TextInput
              label={t("link.baseUrl")}
              type="url"
              placeholder={platform?.baseUrl ?? ""}
              required={platform?.baseUrl === null}
              value={baseUrl}
              onChange={(event) => setBaseUrl(event.currentTarget.value)}
            />
          )}
          {save.error !== null && <Problem error={save.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t("app.cancel")}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t("link.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** A platform is a participant like any other: it comes in before it is linked. */
const join = (name: string, connector: string) =>
  ask("joinParticipant", { body: { name, roles: ["platform"], carriage: { kind: "platform", connector } } });
