import type { Courier, Shift, Step } from "../../domain/index.ts";
import type { ParticipantId, ShiftId, SubjectId } from "../../kernel/id.ts";
import { hours, between } from "../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../kernel/result.ts";
import type { CourierRequest, FleetRefusal, ShiftRequest } from "./fleet.ts";

/** No shift is longer: the daily limit of the law comes with compliance, this one catches a wrong date. */
const longest = hours(16);

/** P4: only a carrier with couriers of its own takes one on. The name is in the vault under `subject`. */
export function hire(
  carrier: ParticipantId,
  subject: SubjectId,
  request: CourierRequest,
  step: Step,
): Result<Courier, FleetRefusal> {
  const participant = step.state.get("participant", carrier);
  if (!participant?.carriage || participant.carriage.kind === "platform") return refuse({ code: "NOT_A_CARRIER" });
  const { employment, vehicle, skills } = request;
  const courier: Courier = {
    id: step.id("courier"),
    carrier,
    subject,
    employment,
    vehicle,
    skills,
    active: true,
    version: 1,
  };
  step.state.put("courier", courier);
  return ok(courier);
}

/** P5: shifts of one courier never overlap. */
export function planShift(request: ShiftRequest, step: Step): Result<Shift, FleetRefusal> {
  const courier = step.state.get("courier", request.courier);
  if (!courier) return refuse({ code: "COURIER_NOT_FOUND" });
  if (request.endsAt <= request.startsAt) return refuse({ code: "SHIFT_ENDS_BEFORE_IT_STARTS" });
  if (between(request.startsAt, request.endsAt) > longest)
    return refuse({ code: "SHIFT_TOO_LONG", limit_h: longest / 3600 });
  const clash = step.state
    .shiftsOf(courier.id)
    .find((shift) => shift.state !== "over" && shift.startsAt < request.endsAt && request.startsAt < shift.endsAt);
  if (clash) return refuse({ code: "SHIFTS_OVERLAP", with: clash.id });

  const { startsAt, endsAt, start, end } = request;
  const shift: Shift = {
    id: step.id("shift"),
    courier: courier.id,
    carrier: courier.carrier,
    startsAt,
    endsAt,
    start,
    end,
    state: "planned",
  };
  step.state.put("shift", shift);
  return ok(shift);
}

/** P6: a courier who is on duty has a route, empty at first; nobody is on duty twice. */
export function startShift(id: ShiftId, step: Step): Result<Shift, FleetRefusal> {
  const shift = step.state.get("shift", id);
  if (!shift) return refuse({ code: "SHIFT_NOT_FOUND" });
  if (shift.state !== "planned" || step.state.shiftOf(shift.courier))
    return refuse({ code: "SHIFT_NOT_STARTABLE", state: shift.state });
  const started: Shift = { ...shift, state: "on_duty" };
  step.state.put("shift", started);
  step.state.put("route", {
    id: step.id("plan"),
    shift: id,
    carrier: shift.carrier,
    version: 1,
    stops: [],
    from: shift.start,
    readyAt: step.now,
    odometer_m: step.state.odometer(shift.courier),
  });
  return ok(started);
}

/** P7: a shift ends only when its courier has nothing left to do. */
export function endShift(id: ShiftId, step: Step): Result<Shift, FleetRefusal> {
  const shift = step.state.get("shift", id);
  if (!shift) return refuse({ code: "SHIFT_NOT_FOUND" });
  const route = step.state.routeOf(id);
  if (route && route.stops.length > 0) return refuse({ code: "STOPS_LEFT", stops: route.stops.length });
  const over: Shift = { ...shift, state: "over" };
  step.state.put("shift", over);
  if (route) step.state.drop("route", route.id);
  return ok(over);
}
