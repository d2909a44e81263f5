import type { JsonObject } from "../shared/json.ts";
import { Reading } from "../shared/reading.ts";
import { readPhone, readPlace, type PlaceRequest } from "./places.ts";
import { readWindows, type Windows } from "./windows.ts";

/** What a create asks for, read and valid by itself; places and quote are still to be checked against the world. */
export interface OrderRequest {
  readonly pickup: EndRequest;
  readonly dropoff: EndRequest;
  readonly windows: Windows;
  readonly quoteId: string | null;
  readonly externalId: string | null;
  readonly manifestReference: string | null;
  readonly idempotencyKey: string | null;
  readonly storeId: string | null;
  readonly totalValue: number | null;
  readonly items: readonly JsonObject[];
  /** Minor units; the fee that is answered holds it. */
  readonly tip: number;
  readonly deliverableAction: (typeof deliverableActions)[number];
  readonly undeliverableAction: (typeof undeliverableActions)[number];
  readonly testSpecifications: JsonObject | null;
}

export interface EndRequest {
  readonly place: PlaceRequest;
  readonly name: string;
  readonly businessName: string | null;
  readonly phone: string;
  readonly notes: string;
  readonly sellerNotes: string;
  readonly verification: JsonObject;
}

const deliverableActions = ["deliverable_action_meet_at_door", "deliverable_action_leave_at_door"] as const;
const undeliverableActions = ["return", "leave_at_door", "discard"] as const;
const sizes = ["small", "medium", "large", "xlarge", "big"] as const;
const barcodeTypes = ["CODE39", "CODE39_FULL_ASCII", "CODE128", "QR"] as const;

/** Null when anything is wrong; `reading.problems` tells what. */
export function readOrder(reading: Reading): OrderRequest | null {
  const pickup = readEnd(reading, "pickup");
  const dropoff = readEnd(reading, "dropoff");
  const order = {
    windows: readWindows(reading),
    quoteId: reading.text("quote_id"),
    externalId: reading.text("external_id"),
    manifestReference: reading.text("manifest_reference"),
    idempotencyKey: reading.text("idempotency_key"),
    storeId: reading.text("external_store_id"),
    totalValue: reading.whole("manifest_total_value", { min: 0 }),
    items: readItems(reading),
    tip: reading.whole("tip", { min: 0 }) ?? 0,
    deliverableAction: reading.oneOf("deliverable_action", deliverableActions) ?? "deliverable_action_meet_at_door",
    undeliverableAction: reading.oneOf("undeliverable_action", undeliverableActions) ?? "return",
    testSpecifications: reading.object("test_specifications")?.body ?? null,
  } as const;
  reading.flag("requires_dropoff_signature");
  reading.flag("requires_id");
  refuseUnattendedProof(reading, order.deliverableAction, dropoff);
  return pickup && dropoff && reading.problems.size === 0 ? { ...order, pickup, dropoff } : null;
}

function readEnd(reading: Reading, end: "pickup" | "dropoff"): EndRequest | null {
  const place = readPlace(reading, end);
  const name = reading.text(`${end}_name`, { required: true });
  const phone = readPhone(reading, end, true);
  const businessName = reading.text(`${end}_business_name`);
  const notes = reading.text(`${end}_notes`, { max: 280 }) ?? "";
  const sellerNotes = (end === "dropoff" ? reading.text("dropoff_seller_notes", { max: 280 }) : null) ?? "";
  const verification = readVerification(reading, end);
  return place && name && phone ? { place, name, businessName, phone, notes, sellerNotes, verification } : null;
}

function readVerification(reading: Reading, end: "pickup" | "dropoff"): JsonObject {
  const asked = reading.object(`${end}_verification`);
  if (asked === null) return {};
  const signature = asked.object("signature_requirement");
  for (const flag of ["enabled", "collect_signer_name", "collect_signer_relationship"]) signature?.flag(flag);
  for (const barcode of asked.list("barcodes")) {
    barcode.text("value", { required: true });
    barcode.oneOf("type", barcodeTypes);
  }
  asked.object("identification")?.whole("min_age", { min: 0, max: 150 });
  asked.flag("picture");
  asked.object("pincode")?.flag("enabled");
  return asked.body;
}

function readItems(reading: Reading): readonly JsonObject[] {
  return reading.list("manifest_items", { required: true }).map((item) => {
    item.text("name", { required: true });
    item.whole("quantity", { required: true, min: 1 });
    item.oneOf("size", sizes);
    const dimensions = item.object("dimensions");
    for (const side of ["length", "height", "depth"]) dimensions?.whole(side, { required: true, min: 1 });
    item.whole("weight", { required: dimensions !== null, min: 1 });
    item.whole("price", { min: 0 });
    item.flag("must_be_upright");
    item.whole("vat_percentage", { min: 0 });
    return { size: "small", ...item.body };
  });
}

/** A courier who leaves it at the door can take a photo, but neither a signature nor a look at an ID. */
function refuseUnattendedProof(reading: Reading, action: string, dropoff: EndRequest | null): void {
  if (action !== "deliverable_action_leave_at_door") return;
  const asked = new Reading(dropoff?.verification ?? {});
  const signature =
    asked.object("signature_requirement")?.flag("enabled") ?? reading.flag("requires_dropoff_signature");
  if (signature || asked.has("identification") || reading.flag("requires_id"))
    reading.wrong("deliverable_action", "leave at door is not allowed with a signature or an ID check");
}
