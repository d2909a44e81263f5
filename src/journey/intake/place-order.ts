import type { Order, SealedRecord, Step, Participant, Place, Happened } from "../../domain/index.ts";
import { newId, type Id, type ParticipantId } from "../../kernel/id.ts";
import { greatCircle } from "../../kernel/point.ts";
import { after, type Instant } from "../../kernel/quantity.ts";
import type { Rng } from "../../kernel/rng.ts";
import { ok, refuse, type Result } from "../../kernel/result.ts";
import { check, plannedAhead } from "./check.ts";
import { locate, type Located, type OutsideAnswers } from "./locate.ts";
import type { IntakeRefusal, OrderRequest, PlaceRequest } from "./order-request.ts";
import { dialled } from "./phone.ts";
import type { IntakePorts } from "./ports.ts";

/** An order that is ready to enter: places found, personal data sealed. */
export interface Prepared {
  readonly order: Order;
  readonly sealed: readonly SealedRecord[];
}

/** Everything about an order that needs the outside and no state; the door does it before the step. `outside` is what `askOutside` found. */
export function prepare(
  request: OrderRequest,
  shipper: ParticipantId,
  importedBy: Id<"import"> | null,
  now: Instant,
  rng: Pick<Rng, "below">,
  ports: IntakePorts,
  outside: OutsideAnswers = new Map(),
): Result<Prepared, IntakeRefusal> {
  const wrong = check(request, now);
  if (wrong) return refuse(wrong);
  const pickup = locate(request.pickup, "pickup", ports, outside);
  if (!pickup.ok) return pickup;
  const dropoff = locate(request.dropoff, "dropoff", ports, outside);
  if (!dropoff.ok) return dropoff;
  if (greatCircle(pickup.value.point, dropoff.value.point) === 0)
    return refuse({ code: "SAME_PLACE", field: "dropoff" });

  const places = [seal(request.pickup, pickup.value), seal(request.dropoff, dropoff.value)] as const;
  const goods = newId("subject", now, rng);
  const contents = request.parcels.map(({ contents }) => contents ?? "");
  return ok({
    order: toOrder(request, shipper, importedBy, now, rng, [places[0].place, places[1].place], goods),
    sealed: [
      places[0].record,
      places[1].record,
      ports.vault.seal("goods", goods, shipper, { contents, value: request.value }, now),
    ],
  });

  function seal(place: PlaceRequest, { point, address }: Located): { place: Place; record: SealedRecord } {
    const subject = newId("subject", now, rng);
    const { name, email, notes } = place;
    const phone = place.phone && dialled(place.phone);
    const { zone, jurisdiction } = ports.city;
    return {
      place: { subject, point, cell: ports.cellOf(point), zone, jurisdiction },
      record: ports.vault.seal("contact", subject, shipper, { name, phone, email, notes, address, point }, now),
    };
  }
}

function toOrder(
  request: OrderRequest,
  shipper: ParticipantId,
  importedBy: Id<"import"> | null,
  now: Instant,
  rng: Pick<Rng, "below">,
  [pickup, dropoff]: readonly [Place, Place],
  goods: Id<"subject">,
): Order {
  const opensLate = (request.dropoffWindow.earliest ?? now) > after(now, plannedAhead);
  return {
    id: newId("order", now, rng),
    shipper,
    reference: request.reference,
    placedAt: now,
    acceptedAt: null,
    closedAt: null,
    cancelRequestedAt: null,
    pickup,
    dropoff,
    pickupWindow: request.pickupWindow,
    dropoffWindow: request.dropoffWindow,
    originalDropoffWindow: request.dropoffWindow,
    readyAt: request.readyAt ?? now,
    requirements: request.requirements,
    serviceLevel: request.serviceLevel ?? (opensLate ? "planned" : "on_demand"),
    ifUndeliverable: request.ifUndeliverable,
    goods,
    parcels: request.parcels.map(({ weight, volume }) => ({
      id: newId("parcel", now, rng),
      weight,
      volume,
      state: "expected",
      holder: { kind: "shipper", participant: shipper },
    })),
    legs: [],
    state: "placed",
    price: null,
    version: 1,
    importedBy,
  };
}

/** I4: the order enters, unless its shipper may not ship or has an order under the same reference. */
export function placeOrder(
  { order }: Prepared,
  step: Step,
): Result<{ order: Order; happened: readonly Happened[] }, IntakeRefusal> {
  const shipper: Participant | undefined = step.state.get("participant", order.shipper);
  if (!shipper?.roles.includes("shipper")) return refuse({ code: "NOT_A_SHIPPER", participant: order.shipper });

  const twin = order.reference === null ? undefined : step.state.orderByReference(order.shipper, order.reference);
  if (twin) return refuse({ code: "REFERENCE_TAKEN", field: "reference", order: twin.id });

  step.state.put("order", order);
  return ok({ order, happened: [{ type: "OrderPlaced", order: order.id }] });
}
