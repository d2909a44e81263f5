import type { OsmDraft } from "./osm-draft.ts";
import { add, beside, left, minus, times, unit, type Vec } from "./plane.ts";

/** From track to track, metres. */
const trackGap = 4.5;
/** How long the station's platforms are, metres. */
const platforms = 210;

/** Two tracks to the station, which ends them at a hall; one to the docks, with sidings along the quays. */
export function drawRailways(draft: OsmDraft, [main, freight]: readonly (readonly Vec[])[]): void {
  if (main === undefined || freight === undefined) return;
  const track = (line: readonly Vec[], tags: Record<string, string>): void =>
    void draft.way(
      line.map((p) => draft.node(p)),
      { railway: "rail", gauge: "1435", ...tags },
    );
  for (const side of [-0.5, 0.5])
    track(beside(main, side * trackGap, false), { usage: "main", electrified: "contact_line", name: "Coast Line" });
  track(freight, { usage: "industrial", name: "Docks Branch" });

  const end = main[main.length - 1]!;
  const back = unit(minus(main[main.length - 2]!, end));
  const across = left(back);
  const at = (along: number, aside: number): Vec => add(add(end, times(back, along)), times(across, aside));
  for (const aside of [-11, 11])
    track([at(8, aside), at(platforms, aside), at(platforms + 60, Math.sign(aside) * 2)], { service: "siding" });
  for (const aside of [-6.6, 6.6])
    draft.area([at(10, aside - 2), at(10, aside + 2), at(platforms, aside + 2), at(platforms, aside - 2)], {
      railway: "platform",
      area: "yes",
    });
  draft.area([at(-22, -17), at(-22, 17), at(2, 17), at(2, -17)].reverse(), {
    building: "train_station",
    name: "Millport Station",
  });
  draft.node(at(20, 0), { railway: "station", name: "Millport Station", public_transport: "station" });
}
