import type { Candidate } from "./answers.ts";
import { bestPlace, candidate } from "./insertions.ts";
import { compile, toStop } from "./instance.ts";
import { loadPlan } from "./load-plan.ts";
import { enter } from "./place-by-walk.ts";
import { newPlaceSearch, type PlaceSearch } from "./delivery-detours.ts";
import { openRoutes, type Routes } from "./routes.ts";
import type { Plan, Problem } from "./types.ts";

/**
 * A plan that is kept loaded while orders come in one by one: each finds its best place, and nothing else is moved. To
 * move others, at the price of `Shipment.held`, let `solve` go on from `plan`.
 */
export class RunningPlan {
  readonly #routes: Routes;
  readonly #search: PlaceSearch = newPlaceSearch();

  /** `problem` has all shipments, those that come later too; `plan` must hold. */
  constructor(problem: Problem, plan: Plan) {
    this.#routes = openRoutes(compile(problem, "cost", false));
    loadPlan(this.#routes, plan);
  }

  /** Puts the shipment where it is cheapest and says where and at what cost; null where no vehicle can take it. */
  insert(shipment: number): Candidate | null {
    const { instance } = this.#routes;
    let best: ReturnType<typeof bestPlace> = null;
    for (let vehicle = 0; vehicle < instance.vehicles; vehicle++) {
      const found = bestPlace(this.#search, this.#routes, shipment, vehicle, best?.added ?? Infinity);
      if (found !== null) best = found;
    }
    if (best === null) return null;
    const answer = candidate(this.#routes, shipment, best);
    enter(this.#routes, shipment, best.vehicle, best.gaps);
    return answer;
  }

  get plan(): Plan {
    const { instance, stops, width, length } = this.#routes;
    return {
      routes: Array.from({ length: instance.vehicles }, (_, v) =>
        Array.from(stops.subarray(v * width, v * width + length[v]!), (node) => toStop(instance, node)),
      ),
    };
  }
}
