import { Checkbox, Stack } from "@mantine/core";
import { useSession, type Permission } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";

interface PermissionsProps {
  readonly may: readonly Permission[];
  readonly setMay: (may: Permission[]) => void;
}

/** What somebody or something may do: never more than whoever allows it. */
export function Permissions({ may, setMay }: PermissionsProps) {
  const { t, word } = useLocale();
  const { session } = useSession();
  return (
    <Checkbox.Group label={t("keys.may")} value={[...may]} onChange={(value) => setMay(value)}>
      <Stack gap={6} mt={6}>
        {session.may.map((permission) => (
          <Checkbox key={permission} value={permission} label={word("permission", permission)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
