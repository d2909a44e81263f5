import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import type { ClockView } from "../../../src/doors/api/contract.ts";
import { LiveConnection, type Connected } from "./live-connection.ts";
import { freshnessOf, type Freshness, type LiveState } from "./live-state.ts";

const LiveContext = createContext<LiveConnection | null>(null);

/** Holds the live stream open for everything below it. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const [connection] = useState(() => new LiveConnection());
  useEffect(() => {
    connection.open();
    return () => connection.close();
  }, [connection]);
  return <LiveContext value={connection}>{children}</LiveContext>;
}

function useConnection(): LiveConnection {
  const connection = use(LiveContext);
  if (connection === null) throw new Error("the live stream is used outside of LiveProvider");
  return connection;
}

function useConnected<T>(select: (connected: Connected) => T): T {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, () => select(connection.snapshot()));
}

/** A part of the live state; renders again only when that part changes. */
export const useLive = <T,>(select: (state: LiveState) => T): T => useConnected(({ state }) => select(state));

/** Hands the clock's state on when a change was answered with it. */
export const useTellClock = (): ((clock: ClockView) => void) => {
  const connection = useConnection();
  return (clock) => connection.told(clock);
};

/** The network's time, as last told; this machine's before anything was told. */
export const useNetworkNow = (): string =>
  useLive(({ clock, live }) => latest(clock?.now, live?.now)) ?? new Date().toISOString();

const latest = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Date.parse(a) > Date.parse(b) ? a : b;

/** Looked at every second, because silence makes no sound. */
export function useFreshness(): Freshness {
  const connected = useConnected((connected) => connected.connected);
  const connection = useConnection();
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const { heardAt, state } = connection.snapshot();
  return freshnessOf(connected, heardAt, state.dataAt, Math.max(now, heardAt ?? 0));
}
