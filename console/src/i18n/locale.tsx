import { DirectionProvider, useDirection } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { createContext, use, useEffect, useMemo, type ReactNode } from "react";
import { ar } from "./ar.ts";
import { de } from "./de.ts";
import { en, type MessageKey, type Messages } from "./en.ts";
import { formatFor, type Format } from "./format.ts";
import { fill, type Values } from "./pattern.ts";

/** A language: its own name, its messages, the direction it is written in. Another one is a file and a line here. */
export const languages = {
  en: { name: "English", messages: en, direction: "ltr" },
  de: { name: "Deutsch", messages: de, direction: "ltr" },
  ar: { name: "العربية", messages: ar, direction: "rtl" },
} as const satisfies Record<string, { name: string; messages: Messages; direction: "ltr" | "rtl" }>;
export type Language = keyof typeof languages;

export type Text = (key: MessageKey, values?: Values) => string;

interface Locale {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: Text;
  /** A word from a closed list of the server (a state, a reason): its message, or the word itself when it is new to us. */
  readonly word: (list: string, value: string) => string;
  readonly f: Format;
}

const LocaleContext = createContext<Locale | null>(null);

const preferred = (): Language => {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2));
  return wanted.find((tag): tag is Language => tag in languages) ?? "en";
};

export function LocaleProvider({ children }: { readonly children: ReactNode }) {
  return (
    <DirectionProvider>
      <Localized zone={Intl.DateTimeFormat().resolvedOptions().timeZone}>{children}</Localized>
    </DirectionProvider>
  );
}

/** Below it, times are read in `zone`. */
export function Localized({ zone, children }: { readonly zone: string; readonly children: ReactNode }) {
  const [language, setLanguage] = useLocalStorage<Language>({
    key: "milepool.language",
    defaultValue: preferred(),
    getInitialValueInEffect: false,
  });
  const { setDirection } = useDirection();
  const locale = useMemo<Locale>(
    () => localeOf(language in languages ? language : "en", zone, setLanguage),
    [language, zone, setLanguage],
  );

  useEffect(() => {
    document.documentElement.lang = locale.language;
    setDirection(languages[locale.language].direction);
  }, [locale.language, setDirection]);

  return <LocaleContext value={locale}>{children}</LocaleContext>;
}

function localeOf(language: Language, zone: string, setLanguage: Locale["setLanguage"]): Locale {
  const messages: Messages = languages[language].messages;
  const t: Text = (key, values = {}) => fill(messages[key], values, language);
  return {
    language,
    setLanguage,
    t,
    word: (list, value) => messages[`${list}.${value}` as MessageKey] ?? value.replaceAll("_", " ").toLowerCase(),
    f: formatFor(language, zone),
  };
}

export function useLocale(): Locale {
  const locale = use(LocaleContext);
  if (locale === null) throw new Error("useLocale outside of LocaleProvider");
  return locale;
}
