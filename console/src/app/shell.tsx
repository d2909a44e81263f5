import { Badge, Tooltip } from "@mantine/core";
import { IconListDetails, IconMap2, IconPlugConnected, IconScale, IconUsers } from "@tabler/icons-react";
import { Link, Outlet } from "@tanstack/react-router";
import { useLocale } from "../i18n/locale.tsx";
import type { MessageKey } from "../i18n/en.ts";
import { LiveBadge } from "./live-badge.tsx";
import { Offline } from "./offline.tsx";
import { Preferences } from "./preferences.tsx";
import { useSession } from "./session.tsx";
import classes from "./shell.module.css";
import { ViewerSelect } from "./viewer-select.tsx";

const places = [
  { to: "/", name: "nav.live", Icon: IconMap2 },
  { to: "/orders", name: "nav.orders", Icon: IconListDetails },
  { to: "/decisions", name: "nav.decisions", Icon: IconScale },
  { to: "/connections", name: "nav.connections", Icon: IconPlugConnected },
  { to: "/access", name: "nav.access", Icon: IconUsers },
] as const satisfies readonly { to: string; name: MessageKey; Icon: unknown }[];

/** What stands around every screen: where one is, whether the data lives, on whose behalf one looks. */
export function Shell() {
  const { t } = useLocale();
  const { session, city } = useSession();
  return (
    <div className={classes.shell}>
      <a href="#screen" className={classes.skip}>
        {t("app.skip")}
      </a>
      <header className={classes.header}>
        <Link to="/" className={classes.brand} aria-label={t("nav.home")}>
          <img src="/mark.svg" alt="" width="24" height="24" />
          <span>Milepool</span>
        </Link>
        {session.demo && (
          <Tooltip label={t("app.demoWhy")}>
            <Badge color="yellow" variant="filled" autoContrast tabIndex={0}>
              {t("app.demo")}
            </Badge>
          </Tooltip>
        )}
        <span className={classes.city}>{city.name}</span>
        <span className={classes.gap} />
        <LiveBadge />
        <ViewerSelect />
        <Preferences />
      </header>
      <nav className={classes.nav} aria-label={t("nav.label")}>
        {places.map(({ to, name, Icon }) => (
          <Link
            key={to}
            to={to}
            className={classes.place}
            activeOptions={{ exact: to === "/" }}
            activeProps={{ "aria-current": "page" }}
          >
            <Icon size={20} stroke={1.7} aria-hidden />
            <span>{t(name)}</span>
          </Link>
        ))}
      </nav>
      <Offline />
      <main id="screen" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
