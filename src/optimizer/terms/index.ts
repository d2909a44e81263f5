import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";
import { apart } from "./apart.ts";
import { balance } from "./balance.ts";
import { breakLoad } from "./break-load.ts";
import { breaks } from "./breaks.ts";
import { capacity } from "./capacity.ts";
import { distance } from "./distance.ts";
import { duty } from "./duty.ts";
import { emission } from "./emission.ts";
import { energy } from "./energy.ts";
import { fixed } from "./fixed.ts";
import { held } from "./held.ts";
import { lateness } from "./lateness.ts";
import { meters } from "./meters.ts";
import { overtime } from "./overtime.ts";
import { ride } from "./ride.ts";
import { servicePrice } from "./service-price.ts";
import { serviceTime } from "./service-time.ts";
import { setup } from "./setup.ts";
import { shift } from "./shift.ts";
import { slices } from "./slices.ts";
import { stations } from "./stations.ts";
import { stops } from "./stops.ts";
import { time } from "./time.ts";
import { travel } from "./travel.ts";
import { unreachable } from "./unreachable.ts";
import { window } from "./window.ts";

/** Its term for vehicle `v`, or one for each dimension of load, or null where there is nothing to say. */
type TermMaker = (instance: Instance, v: number) => Term | readonly Term[] | null;

/** For what shipments ask: looked through once for the whole instance. */
type SharedMaker = (instance: Instance) => ((v: number) => Term) | null;

const shared =
  (make: SharedMaker) =>
  (instance: Instance): TermMaker => {
    const made = make(instance);
    return (_, v) => made?.(v) ?? null;
  };

const own = (make: TermMaker) => (): TermMaker => make;

/** All there are. Those that prolong a stop come first, so that the others see when it is over. */
const makers: readonly ((instance: Instance) => TermMaker)[] = [
  own(setup),
  own(serviceTime),
  own(energy),
  own(slices),
  own(stations),
  own(breaks),
  own(breakLoad),
  own(unreachable),
  own(window),
  own(shift),
  own(capacity),
  own(stops),
  shared(apart),
  shared(ride),
  own(meters),
  own(travel),
  own(fixed),
  own(time),
  own(distance),
  own(servicePrice),
  own(duty),
  own(overtime),
  own(emission),
  own(lateness),
  own(balance),
  own(held),
];

export interface Terms {
  /** By vehicle, without those that have nothing to say there. */
  readonly byVehicle: readonly (readonly Term[])[];
  /** Whether the vehicle's routes must be walked to be judged; and whether they are searched by walking alone. */
  readonly judged: Uint8Array;
  readonly bent: Uint8Array;
  readonly anyBent: boolean;
  /** Whether the vehicle's duty counts, and is known without a walk. */
  readonly spanned: Uint8Array;
  readonly anySpanned: boolean;
}

const compiled = new WeakMap<Instance, Terms>();

/** What an instance does not use does not exist for it. */
export function termsOf(instance: Instance): Terms {
  const known = compiled.get(instance);
  if (known !== undefined) return known;
  const ready = makers.map((make) => make(instance));
  const byVehicle = Array.from({ length: instance.vehicles }, (_, v) =>
    ready.flatMap((make) => make(instance, v) ?? []),
  );
  const has = (scopes: readonly Term["scope"][]): Uint8Array =>
    Uint8Array.from(byVehicle, (terms) => (terms.some(({ scope }) => scopes.includes(scope)) ? 1 : 0));
  const bent = has(["bends"]);
  const judged = has(["judges", "bends"]);
  const spanned = has(["spans"]);
  for (let v = 0; v < instance.vehicles; v++) {
    const walked = judged[v] === 1 || instance.gaps || instance.soft || instance.frozen[v]! > 0;
    if (spanned[v] === 0 || !walked) continue;
    judged[v] = 1;
    spanned[v] = 0;
  }
  const terms = { byVehicle, judged, bent, anyBent: bent.includes(1), spanned, anySpanned: spanned.includes(1) };
  compiled.set(instance, terms);
  return terms;
}
