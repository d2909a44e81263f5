import { useMemo, useState } from "react";
import type { Answer, Query, ReachAnswer, RoadsAnswer, SnapAnswer } from "../../../../../src/doors/api/contract.ts";
import { useAsk } from "../../../app/asking.ts";
import { roadFeatures, type RoadFeatures } from "./road-model.ts";

export type Profile = Query<"roads">["profile"];
export type Hours = Query<"roads">["hours"];
type Box = Pick<Query<"roads">, "west" | "south" | "east" | "north">;
type Place = readonly [longitude: number, latitude: number];

interface Shown {
  readonly box: Box;
  readonly middle: Place;
}

/** What a place was asked for, and told so far. */
export interface Asked {
  readonly point: Place;
  readonly snap: SnapAnswer | undefined;
  readonly reach: ReachAnswer | undefined;
  /** Why there is no answer. */
  readonly error: Error | null;
}

/** The roads as somebody looks at them. */
export interface Roads {
  readonly profile: Profile;
  readonly setProfile: (profile: Profile) => void;
  readonly hours: Hours;
  readonly setHours: (hours: Hours) => void;
  /** The map tells what it shows. */
  readonly look: (shown: Shown) => void;
  readonly middle: Place | null;
  readonly view: RoadsAnswer | undefined;
  readonly features: RoadFeatures;
  readonly error: Error | null;
  readonly again: () => void;
  /** Another view is on its way; what is shown is of the one before. */
  readonly isOld: boolean;
  readonly reports: Answer<"roadConditions"> | undefined;
  /** How far one gets in so many minutes is asked; four at most. */
  readonly minutes: readonly number[];
  readonly setMinutes: (minutes: readonly number[]) => void;
  readonly asked: Asked | null;
  readonly askAt: (point: Place | null) => void;
}

/** Milliseconds between two looks at what is not as usual; while nothing changed, the server says no more than that. */
const every = 15_000;
const nothing: RoadFeatures = { streets: [], closed: [], turns: [], zones: [] };

/** Asks for nothing until it is enabled and the map has told what it shows. */
export function useRoads(enabled: boolean): Roads {
  const [profile, setProfile] = useState<Profile>("car");
  const [hours, setHours] = useState<Hours>("now");
  const [shown, look] = useState<Shown | null>(null);
  const [point, askAt] = useState<Place | null>(null);
  const [minutes, setMinutes] = useState<readonly number[]>([5, 10, 15]);
  const query = { ...(shown?.box ?? { west: 0, south: 0, east: 0, north: 0 }), profile, hours };
  const roads = useAsk("roads", { query }, { enabled: enabled && shown !== null, keep: true, every });
  const reports = useAsk("roadConditions", {}, { enabled, every });

  const at = { longitude: point?.[0] ?? 0, latitude: point?.[1] ?? 0, profile };
  const isAsked = enabled && point !== null;
  const snap = useAsk("snapToRoad", { query: at }, { enabled: isAsked, keep: true });
  const isOnRoad = isAsked && (snap.data?.snap ?? null) !== null && !snap.isPlaceholderData;
  const reach = useAsk(
    "reachFrom",
    { query: { ...at, hours, minutes: [...minutes] } },
    { enabled: isOnRoad, keep: true },
  );

  const error = snap.error ?? reach.error;
  const within = isOnRoad ? reach.data : undefined;
  const asked = useMemo(
    () => (point === null ? null : { point, snap: snap.data, reach: within, error }),
    [point, snap.data, within, error],
  );

  const view = roads.data;
  const features = useMemo(() => (view === undefined ? nothing : roadFeatures(view, profile)), [view, profile]);
  return {
    profile,
    setProfile,
    hours,
    setHours,
    look,
    middle: shown?.middle ?? null,
    view,
    features,
    error: roads.error,
    again: () => void roads.refetch(),
    isOld: roads.isPlaceholderData,
    reports: reports.data,
    minutes,
    setMinutes,
    asked,
    askAt,
  };
}
