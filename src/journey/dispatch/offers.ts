/** Why a yes or no to an offer does not count. */
export type OfferRefusal =
  | { readonly code: "OFFER_NOT_FOUND" }
  | { readonly code: "OFFER_TAKEN"; readonly state: string }
  | { readonly code: "OFFER_EXPIRED_ALREADY"; readonly expiredAt: number };
