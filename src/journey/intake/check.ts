import { after, hours, seconds, type Instant } from "../../kernel/quantity.ts";
import { needsPerson, type TimeWindow } from "../../domain/index.ts";
import type { IntakeRefusal, OrderRequest } from "./order-request.ts";
import { dialled } from "./phone.ts";

/** Heaviest and bulkiest parcel that the network takes; a courier's own limits come on top. */
export const limits = { parcelWeight_g: 1_000_000, parcelVolume_l: 12_000, daysAhead: 60 } as const;

/** I1: what is wrong with the form of a request; null when nothing is. Places are looked at by `locate`. */
export function check(request: OrderRequest, now: Instant): IntakeRefusal | null {
  return (
    checkWindow("pickupWindow", request.pickupWindow, now) ??
    checkWindow("dropoffWindow", request.dropoffWindow, now) ??
    checkReadiness(request.readyAt, now) ??
    checkOrderOfWindows(request) ??
    checkParcels(request) ??
    checkPhone(request.pickup.phone, "pickup.phone") ??
    checkPhone(request.dropoff.phone, "dropoff.phone") ??
    checkLeaving(request)
  );
}

export function checkWindow(field: string, { earliest, latest }: TimeWindow, now: Instant): WindowRefusal | null {
  if (earliest !== null && latest !== null && latest < earliest) return { code: "WINDOW_ENDS_BEFORE_IT_STARTS", field };
  if (latest !== null && latest < now) return { code: "WINDOW_IS_PAST", field, latest, now };
  if ((latest ?? earliest ?? now) > horizonFrom(now))
    return { code: "WINDOW_TOO_FAR_AHEAD", field, limit_days: limits.daysAhead };
  return null;
}

/** How far ahead the network plans; the end is inside. */
const horizonFrom = (now: Instant): Instant => after(now, seconds(limits.daysAhead * 86_400));

/** Goods may have been ready for a while, but neither be ready beyond the horizon nor have been ready as long before: such a date is a slip. */
export function checkReadiness(
  readyAt: Instant | null,
  now: Instant,
): Extract<IntakeRefusal, { code: "READY_TOO_FAR_AHEAD" | "READY_TOO_LONG_AGO" }> | null {
  if (readyAt === null) return null;
  const off = (code: "READY_TOO_FAR_AHEAD" | "READY_TOO_LONG_AGO") =>
    ({ code, field: "readyAt", limit_days: limits.daysAhead }) as const;
  if (readyAt > horizonFrom(now)) return off("READY_TOO_FAR_AHEAD");
  return horizonFrom(readyAt) < now ? off("READY_TOO_LONG_AGO") : null;
}

export const checkPhone = (
  phone: string | null,
  field: string,
): Extract<IntakeRefusal, { code: "PHONE_WRONG" }> | null =>
  phone !== null && dialled(phone) === null ? { code: "PHONE_WRONG", field } : null;

/** What only a person can give is not had from a flower pot. */
function checkLeaving({ ifUndeliverable, requirements }: OrderRequest): IntakeRefusal | null {
  const requirement = ifUndeliverable === "leave_safe" ? needsPerson(requirements) : null;
  return requirement && { code: "LEAVE_SAFE_REFUSED", field: "ifUndeliverable", requirement };
}

type WindowRefusal = Extract<
  IntakeRefusal,
  { code: "WINDOW_ENDS_BEFORE_IT_STARTS" | "WINDOW_IS_PAST" | "WINDOW_TOO_FAR_AHEAD" }
>;

/** Nothing can be brought before it may be fetched. */
export function checkOrderOfWindows({
  readyAt,
  pickupWindow,
  dropoffWindow,
}: Pick<OrderRequest, "readyAt" | "pickupWindow" | "dropoffWindow">): Extract<
  IntakeRefusal,
  { code: "WINDOWS_CANNOT_BE_MET" }
> | null {
  const earliest = Math.max(readyAt ?? 0, pickupWindow.earliest ?? 0) as Instant;
  if (dropoffWindow.latest !== null && dropoffWindow.latest < earliest) {
    return { code: "WINDOWS_CANNOT_BE_MET", field: "dropoffWindow.latest", earliestPossible: earliest };
  }
  if (pickupWindow.latest !== null && readyAt !== null && pickupWindow.latest < readyAt) {
    return { code: "WINDOWS_CANNOT_BE_MET", field: "pickupWindow.latest", earliestPossible: readyAt };
  }
  return null;
}

function checkParcels({ parcels }: OrderRequest): IntakeRefusal | null {
  if (parcels.length === 0) return { code: "NO_PARCELS", field: "parcels" };
  for (const [i, { weight, volume }] of parcels.entries()) {
    if (weight > limits.parcelWeight_g)
      return { code: "PARCEL_TOO_HEAVY", field: `parcels[${i}].weight`, limit_g: limits.parcelWeight_g };
    if (volume > limits.parcelVolume_l)
      return { code: "PARCEL_TOO_LARGE", field: `parcels[${i}].volume`, limit_l: limits.parcelVolume_l };
  }
  return null;
}

/** An order is planned rather than matched at once when its drop-off window opens more than this ahead. */
export const plannedAhead = hours(1);
