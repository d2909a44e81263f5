import { Type, type Static } from "typebox";
import { IsoInstant, LonLat, MoneyShape, Named, object, orNull } from "./parts.ts";
import type { RouteTable } from "./route.ts";

const Cell = Type.String({ pattern: "^[0-9a-f]{15}$", description: "an H3 cell of resolution 7, about 5 km²" });

const estimate = {
  quoted: Type.Integer({ description: "answers with a price" }),
  noCouriers: Type.Integer({ description: "answers that no courier is free" }),
  notServed: Type.Integer({ description: "answers that it lies outside the platform's area" }),
  refused: Type.Integer({ description: "a no for another reason" }),
  unanswered: Type.Integer(),
  availableShare: orNull(
    Type.Number({ description: "of the answers that speak of couriers, those with one; null where they are too few" }),
  ),
  price: orNull(
    object({
      median: MoneyShape,
      low: MoneyShape,
      high: MoneyShape,
      sample: Type.Integer(),
      distanceMeters: Type.Integer({ description: "the median, as the crow flies" }),
    }),
  ),
  waitSeconds: orNull(
    Type.Integer({ description: "how long goods would wait for the courier once they are ready, the median" }),
  ),
  lastAt: IsoInstant,
};

export const LabourAnswer = object(
  {
    now: IsoInstant,
    since: orNull(IsoInstant),
    enough: Type.Integer({ description: "from so many answers on a share is told" }),
    cells: Type.Array(
      object({
        cell: Cell,
        middle: LonLat,
        label: orNull(Type.String({ description: "the address nearest its middle" })),
      }),
    ),
    areas: Type.Array(object({ participant: Named, cell: Cell, ...estimate })),
    hours: Type.Array(object({ participant: Named, hour: IsoInstant, ...estimate })),
  },
  "Inferred from the platforms' answers to our own requests for a price; what is missing was not asked for",
);
export type LabourAnswer = Static<typeof LabourAnswer>;

const LabourQuery = object({
  cell: Type.Optional(Cell),
  hour: Type.Optional(IsoInstant),
});

export const labourRoutes = {
  labour: {
    method: "GET",
    path: "/v1/labour",
    group: "Network",
    may: "orders:read",
    does: "Platforms' couriers and prices: an hour (or now) by area, and an area (or all) by hour",
    query: LabourQuery,
    answers: { 200: LabourAnswer },
  },
} as const satisfies RouteTable;
