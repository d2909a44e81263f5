import type { Errand } from "../../../journey/dispatch/ports.ts";
import { decimals, type Money } from "../../../kernel/money.ts";
import { later, toIso, type Instant } from "../../../kernel/quantity.ts";
import { contentsOf, piecesOf } from "../shared/parcels.ts";
import { dialable } from "../shared/phone.ts";
import type { GlovoSettings } from "./settings.ts";
import type { ConfirmBody, QuoteBody } from "./wire.ts";

export function toQuote(errand: Errand, addressBook: string, now: Instant, settings: GlovoSettings): QuoteBody {
  const { leg, dropoff } = errand;
  const ready = later(leg.readyAt, leg.pickupWindow.earliest ?? leg.readyAt);
  const scheduled = ready - now > settings.immediateWithin_ms;
  return {
    pickupDetails: { addressBook: { id: addressBook }, ...(scheduled ? { pickupTime: toIso(ready) } : {}) },
    deliveryAddress: {
      rawAddress: dropoff.address,
      coordinates: { latitude: dropoff.point[1], longitude: dropoff.point[0] },
      ...(dropoff.notes ? { details: dropoff.notes } : {}),
    },
  };
}

export function toConfirm(errand: Errand, price: Money, settings: GlovoSettings): ConfirmBody {
  const { key, dropoff, goods } = errand;
  const grams = piecesOf(errand).reduce((sum, piece) => sum + piece.grams, 0);
  const value = goods.value && goods.value.amount > 0 ? major(goods.value) : null;
  return {
    contact: {
      name: dropoff.name,
      phone: dialable(dropoff.phone, settings.fallbackPhone),
      ...(dropoff.email ? { email: dropoff.email } : {}),
    },
    packageDetails: {
      contentType: settings.contentType,
      description: contentsOf(errand),
      ...(value ? { parcelValue: value.value } : {}),
      weight: grams / 1000,
    },
    pickupDetails: { pickupOrderCode: key },
    ...(settings.sendPrice
      ? {
          price: {
            paymentType: "PAID",
            delivery: major(price),
            parcel: value ?? { currencyCode: price.currency, value: 0 },
          },
        }
      : {}),
  };
}

const major = ({ amount, currency }: Money) => ({ currencyCode: currency, value: amount / 10 ** decimals(currency) });
