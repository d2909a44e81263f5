import type { Vault } from "../commons/governance/ports.ts";
import {
  sees,
  type Cell,
  type Leg,
  type Offer,
  type Position,
  type Scope,
  type Shift,
  type Step,
} from "../domain/index.ts";
import type { HotState } from "../adapters/memory/hot-state.ts";
import type { Network } from "../doors/network.ts";
import { answerOffer, type OfferRefusal } from "../journey/dispatch/index.ts";
import { endShift, hire, planShift, startShift, type FleetRefusal } from "../journey/pool/index.ts";
import { checkPosition, report, type ReportRefusal } from "../journey/track/index.ts";
import { newId, type ShiftId, type SubjectId } from "../kernel/id.ts";
import type { Point } from "../kernel/point.ts";
import { ok, refuse, type Result } from "../kernel/result.ts";
import type { Rng } from "../kernel/rng.ts";
import type { Command, Engine } from "./engine.ts";
import type { Scheduler } from "./scheduler.ts";

export interface DoorParts {
  readonly engine: Engine;
  readonly hot: HotState;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly vault: Vault;
  readonly cellOf: (point: Point) => Cell;
  /** Positions on their way to storage. */
  readonly sample: (position: Position) => void;
}

/** What couriers, carriers and partners do. */
export function fleetDoors(parts: DoorParts): Pick<Network, "fleet" | "offers"> {
  return {
    fleet: { ...shifts(parts), hire: hiring(parts), positions: positions(parts), report: reporting(parts) },
    offers: {
      open: (scope) =>
        Promise.resolve(parts.hot.all("offer").filter((offer) => offer.state === "open" && sees(scope, offer.to))),
      answer: (scope, id, yes, reason) =>
        parts.engine.do<Result<Offer, OfferRefusal>>((step) => {
          const to = scope.viewer === "network" ? step.state.get("offer", id)?.to : scope.viewer;
          const answer = to ? answerOffer(id, to, yes, reason, step) : refuse({ code: "OFFER_NOT_FOUND" as const });
          if (!answer.ok) return { value: answer };
          return { value: ok(answer.value.offer), happened: answer.value.happened };
        }),
    },
  };
}

const hiring =
  ({ engine, scheduler, rng, vault }: DoorParts): Network["fleet"]["hire"] =>
  (scope, carrier, request) => {
    if (!sees(scope, carrier)) return Promise.resolve(refuse({ code: "NOT_A_CARRIER" }));
    const now = scheduler.now();
    const subject: SubjectId = newId("subject", now, rng);
    const { name, phone } = request;
    const sealed = vault.seal("courier", subject, carrier, { name, phone }, now);
    return engine.do((step) => {
      const hired = hire(carrier, subject, request, step);
      return { value: hired, sealed: hired.ok ? [sealed] : [] };
    });
  };

function shifts({ engine }: DoorParts): Pick<Network["fleet"], "planShift" | "startShift" | "endShift"> {
  type Answer = Result<Shift, FleetRefusal>;
  const mine =
    (scope: Scope, id: ShiftId, act: (id: ShiftId, step: Step) => Answer): Command<Answer> =>
    (step) => {
      const shift = step.state.get("shift", id);
      return { value: shift && sees(scope, shift.carrier) ? act(id, step) : refuse({ code: "SHIFT_NOT_FOUND" }) };
    };
  return {
    planShift: (scope, request) =>
      engine.do<Answer>((step) => {
        const courier = step.state.get("courier", request.courier);
        return {
          value:
            courier && sees(scope, courier.carrier) ? planShift(request, step) : refuse({ code: "COURIER_NOT_FOUND" }),
        };
      }),
    startShift: (scope, shift) => engine.do(mine(scope, shift, startShift)),
    endShift: (scope, shift) => engine.do(mine(scope, shift, endShift)),
  };
}

/** Positions go straight into the hot state: no step, no event. */
const positions =
  ({ hot, scheduler, sample }: DoorParts): Network["fleet"]["positions"] =>
  (scope, list) => {
    const now = scheduler.now();
    const refused: { index: number; refusal: NonNullable<ReturnType<typeof checkPosition>> }[] = [];
    for (const [index, { courier, point, at }] of list.entries()) {
      const known = hot.get("courier", courier);
      const refusal =
        known && !sees(scope, known.carrier)
          ? ({ code: "COURIER_NOT_FOUND" } as const)
          : checkPosition(courier, at, now, hot);
      if (refusal || !known) {
        refused.push({ index, refusal: refusal ?? { code: "COURIER_NOT_FOUND" } });
        continue;
      }
      const position: Position = { courier, carrier: known.carrier, point, at, receivedAt: now };
      hot.setPosition(position);
      sample(position);
    }
    return Promise.resolve({ taken: list.length - refused.length, refused });
  };

const reporting =
  ({ engine, scheduler, rng, vault, hot }: DoorParts): Network["fleet"]["report"] =>
  (scope, id, said) => {
    const now = scheduler.now();
    const shipper = hot.get("leg", id)?.shipper;
    const proof = said.proof && shipper ? { id: newId("subject", now, rng), kind: said.proof.kind } : null;
    const sealed = proof ? [vault.seal("proof", proof.id, shipper!, { ...said.proof!, at: said.at }, now)] : [];
    return engine.do<Result<Leg, ReportRefusal>>((step) => {
      const answer = report(id, { ...said, proof }, scope, step);
      if (!answer.ok) return { value: answer };
      return {
        value: ok(answer.value.leg),
        happened: answer.value.happened,
        sealed,
        read: (state) => ok(state.must("leg", id)),
      };
    });
  };
