import { Type, type Static } from "typebox";
import { idOf, IsoInstant, maybe, MoneyShape, Named, object, orNull, text } from "./parts.ts";
import type { RouteTable } from "./route.ts";

export const OfferView = object({
  id: idOf("offer"),
  leg: idOf("leg"),
  to: Named,
  price: MoneyShape,
  pickupAt: orNull(IsoInstant),
  dropoffAt: orNull(IsoInstant),
  madeAt: IsoInstant,
  expiresAt: IsoInstant,
  state: Type.Enum(["open", "accepted", "refused", "expired", "withdrawn"]),
});
export type OfferView = Static<typeof OfferView>;

const OfferList = object({ offers: Type.Array(OfferView) });

const OfferRefuseBody = object({ reason: maybe(text(300)) });

const ofOffer = object({ id: idOf("offer") });

export const offerRoutes = {
  listOffers: {
    method: "GET",
    path: "/v1/offers",
    group: "Fleet",
    may: "fleet:read",
    does: "Offers that wait for an answer",
    answers: { 200: OfferList },
  },
  acceptOffer: {
    method: "POST",
    path: "/v1/offers/:id/accept",
    group: "Fleet",
    may: "fleet:write",
    does: "Say yes to an offer",
    params: ofOffer,
    body: object({}),
    answers: { 200: OfferView },
  },
  refuseOffer: {
    method: "POST",
    path: "/v1/offers/:id/refuse",
    group: "Fleet",
    may: "fleet:write",
    does: "Say no to an offer",
    params: ofOffer,
    body: OfferRefuseBody,
    answers: { 200: OfferView },
  },
} as const satisfies RouteTable;
