import {
  MutationCache,
  QueryCache,
  QueryClient,
  QueryClientProvider,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { CityView, SessionView } from "../../../src/doors/api/contract.ts";
import { Localized, useLocale } from "../i18n/locale.tsx";
import { Splash, SplashProblem } from "../parts/splash.tsx";
import { FirstPassword } from "../screens/sign-in/first-password.tsx";
import { SignIn } from "../screens/sign-in/sign-in.tsx";
import { actAs, ask, Refused, Unreachable } from "./api.ts";
import { LiveProvider } from "./live.tsx";

export type Permission = SessionView["may"][number];
type ViewerId = SessionView["views"][number]["id"];

interface Session {
  readonly session: SessionView;
  readonly city: CityView;
  /** On whose behalf the page looks and acts. */
  readonly viewer: SessionView["views"][number] | null;
  readonly setViewer: (id: ViewerId) => void;
  readonly may: (permission: Permission) => boolean;
  readonly leave: () => void;
}

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error("useSession outside of SessionProvider");
  return session;
}

const VIEWER = "milepool.viewer";

/** Tries again what the world did not answer; a refusal stays one. */
const newClient = () => {
  // The session ended while the page was open: ask who is there again, and the sign-in page follows.
  const ended = (error: Error, key: unknown) => {
    const expired = error instanceof Refused && error.problem.status === 401 && key !== "session";
    if (expired) void client.invalidateQueries({ queryKey: ["session"] });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error, { queryKey }) => ended(error, queryKey[0]) }),
    mutationCache: new MutationCache({ onError: (error) => ended(error, null) }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => error instanceof Unreachable && failures < 3,
        refetchOnWindowFocus: true,
        staleTime: 1000,
      },
    },
  });
  return client;
};

/** Asks who is there, signs in (the demo by itself), and shows the page to those who may see it. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [client] = useState(newClient);
  return (
    <QueryClientProvider client={client}>
      <Gate>{children}</Gate>
    </QueryClientProvider>
  );
}

function Gate({ children }: { readonly children: ReactNode }) {
  const { t } = useLocale();
  const [as, setAs] = useState(() => sessionStorage.getItem(VIEWER));
  const city = useQuery({ queryKey: ["city"], queryFn: ({ signal }) => ask("city", { signal }), staleTime: Infinity });
  const session = useQuery({
    queryKey: ["session", as],
    queryFn: ({ signal }) => openSession(as, signal),
    staleTime: Infinity,
  });
  // An error of a later look leaves the page as it is: what it shows has its own age.
  const problem = (city.data === undefined ? city.error : null) ?? (session.data === undefined ? session.error : null);
  const wasIn = useRef(false);

  if (problem !== null)
    return <SplashProblem error={problem} again={() => void Promise.all([city.refetch(), session.refetch()])} />;
  if (city.data === undefined || session.data === undefined) return <Splash label={t("app.loading")} />;
  if (session.data.viewer === null) return <SignIn expired={wasIn.current} entered={() => void session.refetch()} />;
  if (session.data.person?.passwordHandedOut)
    return (
      <FirstPassword
        person={session.data.person}
        leave={() => void ask("signOut").finally(() => void session.refetch())}
      />
    );
  wasIn.current = true;
  return (
    <Entered city={city.data} session={session.data} setAs={setAs} left={() => void (wasIn.current = false)}>
      {children}
    </Entered>
  );
}

/** The demo signs its operator in by itself, on this machine only; a viewer one may no longer be is forgotten. */
async function openSession(as: string | null, signal: AbortSignal): Promise<SessionView> {
  const session = await ask("session", { query: as === null ? {} : { as }, signal }).catch((error: unknown) => {
    if (as === null || !(error instanceof Refused)) throw error;
    sessionStorage.removeItem(VIEWER);
    return ask("session", { query: {}, signal });
  });
  if (session.viewer !== null || !session.demo) return session;
  return ask("signInDemo", { body: {} }).catch((error: unknown) => {
    // Not on this machine: the sign-in page it is. That too many came is said as it is: it passes.
    if (error instanceof Refused && error.problem.status !== 429) return session;
    throw error;
  });
}

function Entered(props: {
  readonly city: CityView;
  readonly session: SessionView;
  readonly setAs: (id: ViewerId | null) => void;
  /** Whoever was here has gone by their own will. */
  readonly left: () => void;
  readonly children: ReactNode;
}) {
  const { city, session, setAs, left, children } = props;
  const queries = useQueryClient();
  const viewer = session.views.find(({ id }) => id === session.viewer?.id) ?? null;
  actAs(viewer?.id ?? session.viewer?.id ?? null);

  // What one viewer saw is not shown to the next.
  useEffect(
    () => () =>
      queries.removeQueries({ predicate: ({ queryKey }) => !["city", "session"].includes(String(queryKey[0])) }),
    [queries, viewer?.id],
  );

  const value = useMemo<Session>(
    () => ({
      session,
      city,
      viewer,
      setViewer: (id) => {
        sessionStorage.setItem(VIEWER, id);
        setAs(id);
      },
      may: (permission) => session.may.includes(permission),
      leave: () => {
        sessionStorage.removeItem(VIEWER);
        left();
        void ask("signOut").finally(() => {
          actAs(null);
          setAs(null);
          queries.clear();
          void queries.resetQueries();
        });
      },
    }),
    [session, city, viewer, setAs, left, queries],
  );

  return (
    <SessionContext value={value}>
      <Localized zone={city.zone}>
        <LiveProvider key={session.viewer?.id}>{children}</LiveProvider>
      </Localized>
    </SessionContext>
  );
}
