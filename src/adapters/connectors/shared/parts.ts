import type { Transport } from "../../../journey/dispatch/ports.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Rng } from "../../../kernel/rng.ts";
import type { HealthCounter } from "./health.ts";
import type { HttpSettings, Wait } from "./http.ts";

/** What every connector is given. */
export interface ConnectorParts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly rng: Rng;
  /** How to wait between two tries; real time when left out. */
  readonly wait?: Wait;
  /** Where it counts how it fares: goes on counting when credentials change. A counter of its own when left out. */
  readonly health?: HealthCounter;
}

/** What a client sends with: all of those parts, and its connector's settings. */
export interface ClientWires<Settings extends HttpSettings> extends Required<ConnectorParts> {
  readonly settings: Settings;
}
