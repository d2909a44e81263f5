import { toIso } from "../../../kernel/quantity.ts";
import type { LabourEstimate } from "../../network.ts";
import type { Answer } from "../contract.ts";
import type { Api, Asked } from "../context.ts";
import { readInstantOrNull } from "../requests.ts";
import { moneyView, named } from "../views.ts";

export async function labour(api: Api, { scope, query }: Asked<"labour">): Promise<Answer<"labour">> {
  const { network } = api;
  const directory = await api.directory();
  const question = { cell: query.cell ?? null, hour: readInstantOrNull(query.hour, "hour") };
  const { now, since, enough, cells, areas, hours } = network.labour(scope, question);
  return {
    now: toIso(now),
    since: since && toIso(since),
    enough,
    cells: cells.map(({ cell, middle }) => ({
      cell,
      middle: [middle[0], middle[1]],
      label: network.places.at(middle)?.street ?? null,
    })),
    areas: areas.map(({ carrier, cell, ...of }) => ({ participant: named(directory, carrier), cell, ...view(of) })),
    hours: hours.map(({ carrier, hour, ...of }) => ({
      participant: named(directory, carrier),
      hour: toIso(hour),
      ...view(of),
    })),
  };
}

const view = ({ available, price, wait, lastAt, ...counts }: LabourEstimate) => ({
  ...counts,
  availableShare: available,
  price: price && {
    median: moneyView(price.median),
    low: moneyView(price.low),
    high: moneyView(price.high),
    sample: price.sample,
    distanceMeters: price.distance,
  },
  waitSeconds: wait,
  lastAt: toIso(lastAt),
});
