import type { Handler, Happened, Offer, OfferAccepted, Step } from "../../domain/index.ts";
import type { OfferId, ParticipantId } from "../../kernel/id.ts";
import { ok, refuse, type Result } from "../../kernel/result.ts";
import { assign } from "./commit.ts";
import type { OfferRefusal } from "./offers.ts";

/** D10: a yes counts up to and including the last instant, and only once. */
export function answerOffer(
  id: OfferId,
  by: ParticipantId,
  yes: boolean,
  reason: string | null,
  { state, now }: Step,
): Result<{ offer: Offer; happened: readonly Happened[] }, OfferRefusal> {
  const offer = state.get("offer", id);
  if (!offer || offer.to !== by) return refuse({ code: "OFFER_NOT_FOUND" });
  if (offer.state !== "open") return refuse({ code: "OFFER_TAKEN", state: offer.state });
  if (now > offer.expiresAt) return refuse({ code: "OFFER_EXPIRED_ALREADY", expiredAt: offer.expiresAt });

  const answered: Offer = { ...offer, state: yes ? "accepted" : "refused" };
  state.put("offer", answered);
  state.drop("timer", `offer/${id}`);
  const { leg } = offer;
  const { order } = state.must("leg", leg);
  return ok({
    offer: answered,
    happened: [
      yes
        ? { type: "OfferAccepted", order, leg, offer: id, by }
        : { type: "OfferRefused", order, leg, offer: id, by, reason },
    ],
  });
}

/** D11: the partner who said yes carries the leg. */
export const take: Handler<OfferAccepted> = ({ leg: id, offer: offerId }, step) => {
  const leg = step.state.must("leg", id);
  if (leg.state !== "offered" || leg.offer !== offerId) return [];
  step.state.drop("round", id);
  return assign(leg, step.state.must("offer", offerId).quote, null, step);
};
