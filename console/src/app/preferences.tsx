import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import {
  IconBook2,
  IconCheck,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSettings,
  IconSun,
  IconSunMoon,
} from "@tabler/icons-react";
import { languages, useLocale, type Language } from "../i18n/locale.tsx";
import { useSession } from "./session.tsx";

const schemes = [
  { scheme: "auto", Icon: IconSunMoon },
  { scheme: "light", Icon: IconSun },
  { scheme: "dark", Icon: IconMoon },
] as const;

/** Language, light or dark, who is signed in. */
export function Preferences() {
  const { t, language, setLanguage } = useLocale();
  const { session, leave } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const check = <IconCheck size={14} aria-hidden />;

  return (
    <Menu position="bottom-end" width={230} shadow="md">
      <Menu.Target>
        <ActionIcon size="lg" aria-label={t("preferences.label")}>
          <IconSettings size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {session.person !== null && <Menu.Label>{session.person.email}</Menu.Label>}
        <Menu.Label>{t("preferences.look")}</Menu.Label>
        {schemes.map(({ scheme, Icon }) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            leftSection={<Icon size={15} aria-hidden />}
            rightSection={colorScheme === scheme ? check : null}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`preferences.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t("preferences.language")}</Menu.Label>
        {Object.entries(languages).map(([code, { name }]) => (
          <Menu.Item
            key={code}
            lang={code}
            role="menuitemradio"
            aria-checked={language === code}
            leftSection={<IconLanguage size={15} aria-hidden />}
            rightSection={language === code ? check : null}
            onClick={() => setLanguage(code as Language)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component="a" href="/docs" leftSection={<IconBook2 size={15} aria-hidden />}>
          {t("preferences.docs")}
        </Menu.Item>
        {!session.demo && (
          <Menu.Item leftSection={<IconLogout size={15} aria-hidden />} onClick={leave}>
            {t("preferences.leave")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
