import { Type, type TSchema } from "typebox";
import { LonLat, object, profileWords } from "./parts.ts";

// Milepool's own problem format, field by field. `doors/solve/own` reads it; src/doors/solve/README.md tells it with an example.

const whole = (description: string) => Type.Integer({ minimum: 0, description });
const amount = (description: string) => Type.Number({ minimum: 0, description });
const id = (description: string) => Type.String({ minLength: 1, description });
const names = (description: string) => Type.Array(Type.String({ minLength: 1 }), { description });
const maybe = <Schema extends TSchema>(schema: Schema) => Type.Optional(Type.Union([schema, Type.Null()]));
const instant = (description: string) => Type.Integer({ description: `${description}, seconds after the origin` });

const Windows = Type.Array(
  Type.Array(Type.Union([Type.Integer(), Type.Null()]), {
    minItems: 2,
    maxItems: 2,
    description: "[earliest, latest], both inside; null for an open side",
  }),
  { description: "ordered, not overlapping; none: at any time" },
);

const table = (description: string) =>
  Type.Array(Type.Array(Type.Union([Type.Integer({ minimum: 0 }), Type.Null()])), {
    description: `${description}: a row for each location, null where there is no way`,
  });

const Stop = object(
  {
    visit: Type.Enum(["pickup", "delivery", "break", "reload", "charge"]),
    shipment: Type.Optional(id("of a pickup or delivery")),
    break: Type.Optional(whole("of a break: its index among the vehicle's")),
    station: Type.Optional(id("of a reload or charge")),
  },
  "One stop of a route",
);
const Stops = Type.Array(Stop);

const SolveLocation = object({ id: id("its name"), point: maybe(LonLat) });

const SolveProfile = object(
  {
    name: id("its name"),
    seconds: Type.Optional(table("seconds of travel")),
    meters: Type.Optional(table("metres of travel")),
    ascent: Type.Optional(table("metres climbed")),
    roads: Type.Optional(profileWords),
    metersPerSecond: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: "over great circles" })),
    detour: Type.Optional(Type.Number({ minimum: 1, description: "by which great circles are lengthened" })),
  },
  "How vehicles travel: tables, or `roads`, or `metersPerSecond`",
);

const SolveStation = object(
  {
    id: id("its name"),
    location: id("where"),
    windows: Type.Optional(Windows),
    service: Type.Optional(whole("seconds that a stop takes")),
    power: maybe(amount("units of energy a second; null: nothing is charged here")),
    hub: Type.Optional(Type.Boolean({ description: "vehicles end one trip and begin the next here" })),
  },
  "Where vehicles reload or charge",
);

const Duty = object(
  {
    costPerSecond: Type.Optional(amount("of each second from leaving to the end")),
    overtimeAfter: maybe(whole("seconds after which each costs more")),
    overtimePerSecond: Type.Optional(amount("how much more")),
    longest: maybe(whole("seconds at most")),
  },
  "From leaving to the end, waiting and service included",
);

const EnergyStore = object({
  capacity: amount("units"),
  atStart: Type.Optional(amount("units; full when left out")),
  reserve: Type.Optional(amount("units that must be left")),
});

const SolveEnergy = object(
  {
    perMeter: Type.Optional(amount("units a metre")),
    perMeterAndLoad: Type.Optional(amount("more for each metre and unit of load")),
    dimension: Type.Optional(whole("which dimension of load that is")),
    perAscent: Type.Optional(amount("units a metre climbed")),
    costPerUnit: Type.Optional(amount("cost")),
    emissionCostPerUnit: Type.Optional(amount("cost of what a unit emits")),
    store: maybe(EnergyStore),
  },
  "What it uses up, in a unit of your choice",
);

const SolveBreak = object(
  {
    windows: Type.Optional(Windows),
    duration: whole("seconds"),
    maxLoad: Type.Optional(Type.Array(amount("on board meanwhile at most, as `capacity`"))),
  },
  "When its driver rests",
);
const SolveSlice = object({ from: instant("from when on"), profile: id("it travels by this profile") });

const SolveVehicle = object({
  id: id("its name in the answer"),
  profile: Type.Optional(id("how it travels; the first profile when left out")),
  slices: Type.Optional(Type.Array(SolveSlice, { description: "profiles by time of day, ascending" })),
  start: maybe(id("location; null: it begins at its first stop")),
  end: maybe(id("location; null: it ends at its last stop")),
  earliest: maybe(instant("its shift begins; 0 when left out")),
  latest: maybe(instant("its shift ends")),
  leaveBy: maybe(instant("it has left its start")),
  kind: Type.Optional(id("what `byKind` of visits speaks of")),
  capacity: Type.Optional(Type.Array(amount("of one dimension of load"))),
  fixedCost: Type.Optional(amount("of using it at all")),
  costPerSecond: Type.Optional(amount("of travel; 1 when left out")),
  costPerMeter: Type.Optional(amount("of travel; 0 when left out")),
  costPerServiceSecond: Type.Optional(amount("of set-up and service; 0 when left out")),
  duty: Type.Optional(Duty),
  maxMeters: Type.Optional(amount("how far it may go")),
  maxTravel: Type.Optional(amount("seconds it may be under way between stops")),
  maxStops: maybe(whole("pickups and deliveries at most")),
  energy: Type.Optional(SolveEnergy),
  breaks: Type.Optional(Type.Array(SolveBreak)),
  stations: Type.Optional(names("ids of the stations it may use")),
  skills: Type.Optional(names("what it can do")),
  frozen: Type.Optional(Stops),
  planned: Type.Optional(Stops),
});

const SolveKindTimes = object({
  kind: id("of vehicles"),
  service: Type.Optional(whole("seconds that it takes them; as for all others when left out")),
  setup: Type.Optional(whole("seconds; as for all others when left out")),
});

const SolveVisit = object({
  location: id("where"),
  windows: Type.Optional(Windows),
  service: Type.Optional(whole("seconds")),
  setup: Type.Optional(whole("seconds more when the vehicle comes from another place")),
  byKind: Type.Optional(Type.Array(SolveKindTimes, { description: "for whom it takes longer or shorter" })),
  due: maybe(instant("beginning later costs")),
  costPerLateSecond: Type.Optional(amount("for each second after `due`; 1 when left out")),
});

const SolveHeld = object({ vehicle: id("to which it was promised"), price: amount("of taking it from there") });

const SolveShipment = object({
  id: id("its name; its visits are `id/pickup` and `id/delivery`"),
  pickup: maybe(SolveVisit),
  delivery: maybe(SolveVisit),
  onBoard: maybe(id("the vehicle that has it already")),
  load: Type.Optional(Type.Array(amount("as `capacity`"))),
  collects: Type.Optional(Type.Array(amount("what is collected at the delivery for the depot, as `capacity`"))),
  needs: Type.Optional(names("skills that the vehicle must have")),
  release: maybe(instant("the goods are ready")),
  penalty: maybe(amount("of leaving it out; null: only when nothing else is possible")),
  priority: Type.Optional(amount("among those without a penalty")),
  forbidden: Type.Optional(names("vehicles that must not take it")),
  apart: Type.Optional(names("shipments that must not be in the same route")),
  maxRide: Type.Optional(amount("seconds on board at most")),
  held: Type.Optional(SolveHeld),
});

const SolveBalance = object({
  of: Type.Enum(["stops", "seconds"]),
  price: amount("times the square of each vehicle's stops or seconds of travel"),
});

/** The whole problem. */
export const SolveProblem = object(
  {
    locations: Type.Array(SolveLocation),
    profiles: Type.Array(SolveProfile),
    vehicles: Type.Array(SolveVehicle),
    shipments: Type.Array(SolveShipment),
    stations: Type.Optional(Type.Array(SolveStation)),
    balance: Type.Optional(SolveBalance),
  },
  "A routing problem. Seconds from an origin of your choice, metres, costs in a unit of your choice",
);

/** The parts by name, for whoever reads them one by one. */
export const solveShapes = {
  problem: SolveProblem,
  location: SolveLocation,
  profile: SolveProfile,
  station: SolveStation,
  vehicle: SolveVehicle,
  duty: Duty,
  energy: SolveEnergy,
  store: EnergyStore,
  break: SolveBreak,
  slice: SolveSlice,
  shipment: SolveShipment,
  visit: SolveVisit,
  kindTimes: SolveKindTimes,
  stop: Stop,
  held: SolveHeld,
  balance: SolveBalance,
};
