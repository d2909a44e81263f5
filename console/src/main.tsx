import "@fontsource-variable/inter/index.css";
import "@fontsource/noto-sans/400.css";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./page.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { router } from "./app/router.tsx";
import { SessionProvider } from "./app/session.tsx";
import { LocaleProvider } from "./i18n/locale.tsx";
import { cssVariables, theme } from "./theme.ts";

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <LocaleProvider>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <Notifications position="bottom-right" limit={4} />
        <SessionProvider>
          <RouterProvider router={router} />
        </SessionProvider>
      </MantineProvider>
    </LocaleProvider>
  </StrictMode>,
);
