import type { CarrierFacts, CarrierQuoteBody, DeliveryBody } from "../api/contract.ts";

/** Something small between the carrier's own two examples. */
export const quoteBody = ({ examples }: CarrierFacts): CarrierQuoteBody => ({
  pickup: { ...examples.pickup },
  dropoff: { ...examples.dropoff },
  parcels: [{ weightGrams: 800, volumeLiters: 4, contents: "Books" }],
  ifUndeliverable: "return",
});

/** The same as a delivery that somebody waits for. */
export const deliveryBody = (facts: CarrierFacts, externalId: string, quote: string | null): DeliveryBody => {
  const { pickup, dropoff, ...rest } = quoteBody(facts);
  return {
    ...rest,
    externalId,
    quote,
    pickup: { ...pickup, name: "Conformance shop", phone: "+12025550101", notes: "A check: nothing is to be fetched" },
    dropoff: { ...dropoff, name: "Conformance check", phone: "+12025550102" },
  };
};
