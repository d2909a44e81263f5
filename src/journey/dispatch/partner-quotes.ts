import { priceOf } from "../../commons/pricing/index.ts";
import { unreachable, type Leg, type Participant, type Quote, type Step, type Travel } from "../../domain/index.ts";
import { after, later, meters, minutes, seconds } from "../../kernel/quantity.ts";

/** A partner's van is taken to need this long to the pickup, as its agreement says nothing of where it is. */
const approach = minutes(25);
/** At each end: parking, stairs, signature. */
const handling = minutes(4);

/** D3: what partners ask, by their tariffs and the road from door to door. */
export async function partnerQuotes(
  leg: Leg,
  partners: readonly Participant[],
  travel: Travel,
  step: Step,
): Promise<readonly Quote[]> {
  if (partners.length === 0) return [];
  const way = await travel.matrix([leg.from.point], [leg.to.point], "van", step.now);
  const [distance, drive] = [way.meters[0]!, way.seconds[0]!];
  if (distance === unreachable) return [];

  const pickupAt = later(later(after(step.now, approach), leg.readyAt), leg.pickupWindow.earliest ?? leg.readyAt);
  const dropoffAt = after(pickupAt, seconds(drive + 2 * handling));
  return partners.flatMap((partner) => {
    if (partner.carriage?.kind !== "partner") return [];
    return [
      {
        id: step.id("quote"),
        leg: leg.id,
        carrier: partner.id,
        price: priceOf(partner.carriage.tariff, meters(distance), partner.currency),
        pickupAt,
        dropoffAt: later(dropoffAt, leg.dropoffWindow.earliest ?? dropoffAt),
        madeAt: step.now,
        expiresAt: null,
        source: "agreement" as const,
        reference: null,
        own: null,
      },
    ];
  });
}
