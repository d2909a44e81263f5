import type { Contact } from "../../../domain/index.ts";
import type { Errand } from "../../../journey/dispatch/ports.ts";
import { instant, later, toIso, type Instant } from "../../../kernel/quantity.ts";
import { piecesOf, smallestFor, twoNames } from "../shared/parcels.ts";
import { dialable } from "../shared/phone.ts";
import type { GrabSettings } from "./settings.ts";
import type { DeliveryBody, QuoteBody } from "./wire.ts";
import { vehicles } from "./words.ts";

/** The most characters of a package's name and of an instruction (§4). */
const [nameLength, instructionLength] = [500, 1000];

export function toQuote(errand: Errand, settings: GrabSettings): QuoteBody {
  const place = ({ address, point: [longitude, latitude] }: Contact): QuoteBody["origin"] => ({
    address,
    coordinates: { latitude, longitude },
  });
  return {
    serviceType: settings.serviceType,
    vehicleType: settings.vehicleType ?? smallestFor(errand, vehicles).type,
    packages: piecesOf(errand).map(({ name, grams, side_cm }) => ({
      name: name.slice(0, nameLength),
      description: name.slice(0, nameLength),
      quantity: 1,
      dimensions: { height: side_cm, width: side_cm, depth: side_cm, weight: grams },
    })),
    origin: place(errand.pickup),
    destination: place(errand.dropoff),
  };
}

export function toDelivery(errand: Errand, now: Instant, settings: GrabSettings): DeliveryBody {
  const { leg, key, pickup, dropoff } = errand;
  const ready = later(leg.readyAt, leg.pickupWindow.earliest ?? leg.readyAt);
  const scheduled = ready - now > settings.immediateWithin_ms;
  const until = instant(ready + settings.pickupSpan_ms);
  return {
    ...toQuote(errand, settings),
    merchantOrderID: key,
    paymentMethod: "CASHLESS",
    payer: "SENDER",
    sender: toPerson(pickup, settings),
    recipient: toPerson(dropoff, settings),
    ...(scheduled ? { schedule: { pickupTimeFrom: toIso(ready), pickupTimeTo: toIso(until) } } : {}),
  };
}

function toPerson({ name, phone, email, notes }: Contact, { fallbackPhone }: GrabSettings): DeliveryBody["sender"] {
  const { first, last } = twoNames(name);
  return {
    firstName: first,
    ...(last ? { lastName: last } : {}),
    phone: dialable(phone, fallbackPhone).replace("+", ""),
    ...(email ? { email } : {}),
    smsEnabled: false,
    ...(notes ? { instruction: notes.slice(0, instructionLength) } : {}),
  };
}
