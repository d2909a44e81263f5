import type { PlaceBook } from "../journey/plan/index.ts";
import { retime } from "../journey/plan/index.ts";
import type { HotState } from "../adapters/memory/hot-state.ts";
import type { Happened } from "../domain/index.ts";
import type { Engine } from "./engine.ts";

/** Routes to a step: others get in between. */
const together = 8;

/**
 * Estimates what remains of every running route anew, after the roads have changed, and has those legs decided again whose promise that
 * breaks; resolves when that is stored.
 */
export async function retimeAll(engine: Engine, hot: HotState, book: PlaceBook): Promise<void> {
  const shifts = hot.all("route").flatMap(({ shift, stops }) => (stops.length > 0 ? [shift] : []));
  for (let from = 0; from < shifts.length; from += together)
    await engine.do(async (step) => {
      const happened: Happened[] = [];
      for (const shift of shifts.slice(from, from + together)) happened.push(...(await retime(book)(shift, step)));
      return { value: null, happened };
    });
}
