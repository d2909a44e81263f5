import type { Contact } from "../../../domain/index.ts";
import type { Errand } from "../../../journey/dispatch/ports.ts";
import { later, toIso, type Instant } from "../../../kernel/quantity.ts";
import { contentsOf, smallestFor, twoNames } from "../shared/parcels.ts";
import { dialable } from "../shared/phone.ts";
import type { StuartSettings } from "./settings.ts";
import type { JobBody, JobContact, JobStop } from "./wire.ts";
import { packageTypes } from "./words.ts";

/** The same body prices and creates; only a job that is created bears our key, because it must be unique. */
export function toJob(errand: Errand, key: string | null, now: Instant, settings: StuartSettings): JobBody {
  const { leg, order, pickup, dropoff } = errand;
  const ready = later(leg.readyAt, leg.pickupWindow.earliest ?? leg.readyAt);
  const { earliest, latest } = leg.dropoffWindow;
  return {
    job: {
      // Left out, it means now.
      ...(ready > now ? { pickup_at: toIso(ready) } : {}),
      ...(order.reference ? { assignment_code: order.reference } : {}),
      pickups: [toStop(pickup, settings)],
      dropoffs: [
        {
          ...toStop(dropoff, settings),
          package_type: smallestFor(errand, packageTypes).type,
          package_description: contentsOf(errand),
          ...(key === null ? {} : { client_reference: key }),
          ...(earliest === null ? {} : { end_customer_time_window_start: toIso(earliest) }),
          ...(latest === null ? {} : { end_customer_time_window_end: toIso(latest) }),
        },
      ],
    },
  };
}

/** Of a delivery that stands, notes and contact may change (§3). */
export const toChanges = (delivery: string, { dropoff }: Errand, settings: StuartSettings) => ({
  job: {
    deliveries: [
      {
        // Stuart's numbers stay numbers on the wire.
        id: Number(delivery),
        dropoff: { comment: dropoff.notes ?? "", contact: toContact(dropoff, settings) },
      },
    ],
  },
});

function toStop(contact: Contact, settings: StuartSettings): JobStop {
  const [longitude, latitude] = contact.point.map((degrees) => Number(degrees.toFixed(6))) as [number, number];
  return {
    address: contact.address,
    ...(settings.coordinates ? { latitude, longitude } : {}),
    ...(contact.notes ? { comment: contact.notes } : {}),
    contact: toContact(contact, settings),
  };
}

function toContact({ name, phone, email }: Contact, { fallbackPhone }: StuartSettings): JobContact {
  const { first, last } = twoNames(name);
  return {
    firstname: first,
    ...(last ? { lastname: last } : {}),
    phone: dialable(phone, fallbackPhone),
    ...(email ? { email } : {}),
  };
}
