import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { Answer, PersonBody } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { useSession, type Permission } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { Problem } from "../../parts/problem.tsx";
import { Permissions } from "./permissions.tsx";

interface NewPersonProps {
  readonly close: () => void;
  readonly added: (answer: Answer<"addPerson">) => void;
}

/** Lets somebody act for a participant; who is known already keeps the password. */
export function NewPerson({ close, added }: NewPersonProps) {
  const { t } = useLocale();
  const { session, viewer } = useSession();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [participant, setParticipant] = useState<PersonBody["participant"] | null>(viewer?.id ?? null);
  const [may, setMay] = useState<Permission[]>(["orders:read", "orders:write"]);
  const add = useMutation({
    mutationFn: () =>
      ask("addPerson", { body: { name: name.trim(), email: email.trim(), participant: participant!, may } }),
    onSuccess: added,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <Modal opened onClose={close} title={t("people.add")} closeButtonProps={{ "aria-label": t("app.close") }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t("place.name")}
            required
            maxLength={200}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t("signIn.email")}
            type="email"
            required
            maxLength={254}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Select
            label={t("people.for")}
            required
            allowDeselect={false}
            data={session.views.map(({ id, name }) => ({
              value: id,
              label: id === "network" ? t("viewer.network") : name,
            }))}
            value={participant}
            onChange={(id) => setParticipant(id)}
          />
          <Permissions may={may} setMay={setMay} />
          {add.error !== null && <Problem error={add.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t("app.cancel")}
            </Button>
            <Button
              type="submit"
              loading={add.isPending}
              disabled={may.length === 0 || name.trim() === "" || email.trim() === "" || participant === null}
            >
              {t("people.add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
