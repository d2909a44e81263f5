import { ok, type Result } from "../../../src/kernel/result.ts";
import { isObject, type JsonObject } from "../shared/json.ts";
import { Reading } from "../shared/reading.ts";
import type { WireResponse } from "../wire.ts";
import { invalid, no, pointerTo } from "./errors.ts";
import type { Contact, LalamoveOrder, OrderRequest } from "./order.ts";
import type { Quotation, Stop } from "./quotation.ts";
import { readStop } from "./quotation.ts";

const phone = /^\+[1-9]\d{1,14}$/;
const longestRemark = 1500;

/** Reads an order against its quotation: sender and recipient must name its stops. */
export function readOrder(data: JsonObject, { pickup, dropoff }: Quotation): Result<OrderRequest, WireResponse> {
  const reading = new Reading(data);
  const sender = readContact(reading.object("sender") ?? missing(reading, "sender"), pickup);
  const [first, ...others] = reading.list("recipients", { required: true });
  if (others.length > 0) reading.wrong("recipients", "recipients must be as many as drop-offs");
  const recipient = first ? readContact(first, dropoff) : nobody;
  const wantsProof = reading.flag("isPODEnabled") ?? false;
  reading.flag("isRecipientSMSEnabled");
  reading.text("partner");
  const metadata = data["metadata"];
  if (metadata !== undefined && !isObject(metadata)) reading.wrong("metadata", "metadata must be an object");
  if (reading.problems.size > 0) return invalid(reading.problems);
  for (const [name, contact] of [
    ["sender.phone", sender],
    ["recipients[0].phone", recipient],
  ] as const)
    if (!phone.test(contact.phone)) return no("ERR_INVALID_PHONE_NUMBER", pointerTo(name));
  return ok({ sender, recipient, wantsProof, metadata: isObject(metadata) ? metadata : null });
}

const nobody: Contact = { name: "", phone: "", remarks: null };

function missing(reading: Reading, name: string): null {
  return reading.has(name) ? null : reading.wrong(name, `${name} is required`);
}

function readContact(reading: Reading | null, stop: Stop): Contact {
  if (reading === null) return nobody;
  const id = reading.text("stopId", { required: true });
  if (id !== null && id !== stop.id) reading.wrong("stopId", "stopId is not that stop of the quotation");
  return readPerson(reading);
}

const readPerson = (reading: Reading): Contact => ({
  name: reading.text("name", { required: true }) ?? "",
  phone: reading.text("phone", { required: true }) ?? "",
  remarks: reading.text("remarks", { max: longestRemark }),
});

export interface Edit {
  readonly dropoff: Stop;
  readonly recipient: Contact;
}

/** The stops after an edit. The pickup must be what it was, to the letter; remarks that are not sent again are lost. */
export function readEdit(data: JsonObject, { quotation, dropoff }: LalamoveOrder): Result<Edit, WireResponse> {
  const reading = new Reading(data);
  const stops = reading.list("stops", { required: true }).map((stop) => ({ ...readStop(stop), ...readPerson(stop) }));
  if (reading.problems.size > 0) return invalid(reading.problems);
  const [from, to] = stops;
  if (from === undefined || to === undefined) return no("ERR_INSUFFICIENT_STOPS", "/data/stops");
  if (stops.length > 2) return no("ERR_TOO_MANY_STOPS", "/data/stops");
  const { coordinates, address } = quotation.pickup;
  if (from.address !== address || from.coordinates.lat !== coordinates.lat || from.coordinates.lng !== coordinates.lng)
    return no("ERR_EDIT");
  if (!phone.test(to.phone)) return no("ERR_INVALID_PHONE_NUMBER", pointerTo("stops[1].phone"));
  const { name, phone: number, remarks, ...place } = to;
  return ok({ dropoff: { ...place, id: dropoff.id }, recipient: { name, phone: number, remarks } });
}
