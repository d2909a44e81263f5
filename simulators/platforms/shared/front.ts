import type { FaultPlan, PlatformSimulator, WireRequest, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { Gate, type FaultWords } from "./gate.ts";
import { routeOf, type Route, type RoutePattern } from "./routes.ts";

export type Standing = NonNullable<FaultPlan["account"]>;

/** What a platform brings to its own front door. */
export interface Front<Operation extends string> extends Pick<
  PlatformSimulator,
  "platform" | "credentials" | "examples" | "truth"
> {
  readonly patterns: readonly RoutePattern<Operation>[];
  readonly words: FaultWords;
  /** For a path that leads nowhere. */
  readonly nowhere: WireResponse;
  answer(request: WireRequest, route: Route<Operation>, standing: Standing): WireResponse | Promise<WireResponse>;
  setFaults(plan: FaultPlan): void;
}

/** A simulator out of its parts: a request finds its operation, passes the fault gate, and is answered. */
export function behind<Operation extends string>(world: World, front: Front<Operation>): PlatformSimulator {
  const gate = new Gate(world, front.words);
  let standing: Standing = "active";
  return {
    platform: front.platform,
    credentials: front.credentials,
    examples: front.examples,
    truth: front.truth,
    handle: async (request) => {
      const route = routeOf(front.patterns, request);
      if (route === null) return front.nowhere;
      return await gate.pass(route.operation, async () => await front.answer(request, route, standing));
    },
    setFaults: (plan) => {
      standing = plan.account ?? "active";
      gate.setFaults(plan);
      front.setFaults(plan);
    },
  };
}
