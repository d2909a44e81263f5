import { schedule, type Schedule, type Stop } from "../../../optimizer/index.ts";
import type { Outcome } from "../task.ts";
import type { Google } from "./request.ts";
import { asDuration, asInstant } from "./values.ts";

interface Metrics {
  readonly performedShipmentCount: number;
  readonly travelDuration: number;
  readonly waitDuration: number;
  readonly breakDuration: number;
  readonly visitDuration: number;
  readonly totalDuration: number;
  readonly travelDistanceMeters: number;
}

/**
 * The answer in the form of OptimizeToursResponse: a route for each vehicle, in their order, without visits where it stays.
 * Fields that Google leaves out when they are zero are written.
 */
export function answerGoogle(google: Google, { solution }: Outcome): object {
  const { problem, shipments, vehicles, label, origin } = google;
  const plans = solution.routes.map((stops, v) => new RouteWriter(google, schedule(problem, v, stops), v, stops));
  const used = plans.filter(({ stops }) => stops.length > 0);
  const ends = (of: (planned: Schedule) => number): number[] => used.map(({ planned }) => of(planned));
  const sum = (of: (metrics: Metrics) => number): number => used.reduce((total, { metrics }) => total + of(metrics), 0);
  return {
    ...(label === null ? {} : { requestLabel: label }),
    routes: plans.map((writer, vehicleIndex) => ({
      vehicleIndex,
      ...(vehicles[vehicleIndex]!.label === null ? {} : { vehicleLabel: vehicles[vehicleIndex]!.label }),
      ...(writer.stops.length === 0 ? {} : writer.route()),
    })),
    skippedShipments: solution.unassigned.map((s) => ({
      index: shipments[s]!.index,
      ...(shipments[s]!.label === null ? {} : { label: shipments[s]!.label }),
    })),
    metrics: {
      aggregatedRouteMetrics: inWords({
        performedShipmentCount: sum((m) => m.performedShipmentCount),
        travelDuration: sum((m) => m.travelDuration),
        waitDuration: sum((m) => m.waitDuration),
        breakDuration: sum((m) => m.breakDuration),
        visitDuration: sum((m) => m.visitDuration),
        totalDuration: sum((m) => m.totalDuration),
        travelDistanceMeters: sum((m) => m.travelDistanceMeters),
      }),
      skippedMandatoryShipmentCount: solution.unassigned.filter((s) => problem.shipments[s]!.penalty === null).length,
      usedVehicleCount: used.length,
      ...(used.length === 0
        ? {}
        : {
            earliestVehicleStartTime: asInstant(origin, Math.min(...ends(({ begin }) => begin))),
            latestVehicleEndTime: asInstant(origin, Math.max(...ends(({ end }) => end))),
          }),
      totalCost: solution.cost.total,
    },
  };
}

const inWords = (metrics: Metrics): object => ({
  ...metrics,
  ...Object.fromEntries(
    (["travelDuration", "waitDuration", "breakDuration", "visitDuration", "totalDuration"] as const).map((name) => [
      name,
      asDuration(metrics[name]),
    ]),
  ),
});

class RouteWriter {
  readonly planned: Schedule;
  readonly stops: readonly Stop[];
  readonly #google: Google;
  readonly #vehicle: number;
  readonly #rests: { readonly start: number; readonly duration: number }[] = [];
  readonly #visits: object[] = [];
  readonly #transitions: object[] = [];
  #waited = 0;
  #served = 0;

  constructor(google: Google, planned: Schedule, vehicle: number, stops: readonly Stop[]) {
    this.#google = google;
    this.planned = planned;
    this.#vehicle = vehicle;
    this.stops = stops;
    if (stops.length > 0) this.#write();
  }

  get metrics(): Metrics {
    const { begin, end, seconds, meters } = this.planned;
    return {
      performedShipmentCount: new Set(this.stops.flatMap((stop) => ("shipment" in stop ? [stop.shipment] : []))).size,
      travelDuration: seconds,
      waitDuration: this.#waited,
      breakDuration: this.#rests.reduce((sum, { duration }) => sum + duration, 0),
      visitDuration: this.#served,
      totalDuration: end - begin,
      travelDistanceMeters: meters,
    };
  }

  route(): object {
    const { origin } = this.#google;
    return {
      vehicleStartTime: asInstant(origin, this.planned.begin),
      vehicleEndTime: asInstant(origin, this.planned.end),
      visits: this.#visits,
      transitions: this.#transitions,
      breaks: this.#rests.map(({ start, duration }) => ({
        startTime: asInstant(origin, start),
        duration: asDuration(duration),
      })),
      metrics: inWords(this.metrics),
      routeTotalCost: this.planned.cost.total,
    };
  }

  #write(): void {
    const { shipments, origin, problem } = this.#google;
    let [from, left, load] = [problem.vehicles[this.#vehicle]!.start, this.planned.begin, this.#atStart()];
    let resting = 0;
    for (const stop of this.planned.stops) {
      if (stop.visit === "break") {
        resting += stop.departure - stop.start;
        this.#rests.push({ start: stop.start, duration: stop.departure - stop.start });
        continue;
      }
      if (!("shipment" in stop)) continue;
      this.#transition(from, stop.location, left, stop.start, resting, load);
      const { index, label, pickupLabel, deliveryLabel, shipment } = shipments[stop.shipment]!;
      const isPickup = stop.visit === "pickup";
      const visitLabel = isPickup ? pickupLabel : deliveryLabel;
      this.#visits.push({
        shipmentIndex: index,
        isPickup,
        startTime: asInstant(origin, stop.start),
        ...(label === null ? {} : { shipmentLabel: label }),
        ...(visitLabel === null ? {} : { visitLabel }),
        loadDemands: this.#loads(shipment.load.map((amount) => (isPickup ? amount : -amount))),
      });
      this.#served += stop.departure - stop.start;
      [from, left, load, resting] = [stop.location, stop.departure, stop.load, 0];
    }
    const { end } = problem.vehicles[this.#vehicle]!;
    this.#transition(from, end, left, this.planned.end, resting, load);
  }

  #transition(
    from: number | null,
    to: number | null,
    left: number,
    until: number,
    resting: number,
    load: readonly number[],
  ): void {
    const { problem, origin } = this.#google;
    const { size, seconds, meters } = problem.matrices[problem.vehicles[this.#vehicle]!.matrix]!;
    const way = from === null || to === null ? null : from * size + to;
    const travel = way === null ? 0 : seconds[way]!;
    const wait = Math.max(0, until - left - travel - resting);
    this.#waited += wait;
    this.#transitions.push({
      startTime: asInstant(origin, left),
      travelDuration: asDuration(travel),
      travelDistanceMeters: way === null ? 0 : meters[way]!,
      breakDuration: asDuration(resting),
      waitDuration: asDuration(wait),
      totalDuration: asDuration(until - left),
      vehicleLoads: this.#loads(load),
    });
  }

  /** What comes from the depot is on board from the beginning. */
  #atStart(): readonly number[] {
    const { problem, loads } = this.#google;
    const brought = this.stops.flatMap((stop) =>
      stop.visit === "delivery" && problem.shipments[stop.shipment]!.pickup === null ? [stop.shipment] : [],
    );
    return loads.map((_, d) => brought.reduce((sum, s) => sum + problem.shipments[s]!.load[d]!, 0));
  }

  /** 64-bit numbers are texts in protocol buffers' JSON. */
  #loads(amounts: readonly number[]): object {
    return Object.fromEntries(this.#google.loads.map((name, d) => [name, { amount: String(amounts[d] ?? 0) }]));
  }
}
