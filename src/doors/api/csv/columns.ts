/** What a column may mean. */
export const fields = [
  "reference",
  "pickup_name",
  "pickup_address",
  "pickup_longitude",
  "pickup_latitude",
  "pickup_phone",
  "pickup_email",
  "pickup_notes",
  "dropoff_name",
  "dropoff_address",
  "dropoff_longitude",
  "dropoff_latitude",
  "dropoff_phone",
  "dropoff_email",
  "dropoff_notes",
  "pickup_from",
  "pickup_until",
  "dropoff_from",
  "dropoff_until",
  "ready_at",
  "parcels",
  "weight_g",
  "weight_kg",
  "volume_l",
  "contents",
  "value",
  "value_currency",
  "requirements",
  "service_level",
  "if_undeliverable",
] as const;
export type Field = (typeof fields)[number];

/** Other headings in use, in small letters and without anything but letters and digits. The first word of each list is what people are told. */
const synonyms: Readonly<Record<Field, readonly string[]>> = {
  reference: ["ref", "orderid", "ordernumber", "orderno", "order", "externalid", "number", "id"],
  pickup_name: ["sendername", "sender", "from", "pickup", "collectionname", "store", "storename", "pickupcontact"],
  pickup_address: ["senderaddress", "fromaddress", "collectionaddress", "storeaddress", "origin", "pickupstreet"],
  pickup_longitude: ["pickuplon", "pickuplng", "fromlon", "fromlng", "originlon", "originlng"],
  pickup_latitude: ["pickuplat", "fromlat", "originlat"],
  pickup_phone: ["senderphone", "fromphone", "storephone"],
  pickup_email: ["senderemail", "fromemail"],
  pickup_notes: ["pickupinstructions", "sendernotes", "pickupcomment"],
  dropoff_name: [
    "recipientname",
    "recipient",
    "to",
    "dropoff",
    "customer",
    "customername",
    "deliveryname",
    "name",
    "consignee",
  ],
  dropoff_address: [
    "recipientaddress",
    "toaddress",
    "deliveryaddress",
    "destination",
    "address",
    "shippingaddress",
    "dropoffstreet",
  ],
  dropoff_longitude: [
    "dropofflon",
    "dropofflng",
    "tolon",
    "tolng",
    "deliverylon",
    "deliverylng",
    "longitude",
    "lon",
    "lng",
  ],
  dropoff_latitude: ["dropofflat", "tolat", "deliverylat", "latitude", "lat"],
  dropoff_phone: ["recipientphone", "tophone", "customerphone", "deliveryphone", "phone", "telephone", "mobile"],
  dropoff_email: ["recipientemail", "toemail", "customeremail", "email"],
  dropoff_notes: ["deliveryinstructions", "instructions", "notes", "comment", "comments", "deliverynotes"],
  pickup_from: ["pickupearliest", "pickupafter", "collectfrom", "pickupwindowstart"],
  pickup_until: ["pickuplatest", "pickupbefore", "collectuntil", "pickupwindowend"],
  dropoff_from: ["dropoffearliest", "deliverfrom", "deliverafter", "dropoffwindowstart", "deliverywindowstart"],
  dropoff_until: [
    "dropofflatest",
    "deliverby",
    "deliveruntil",
    "deliverbefore",
    "dropoffwindowend",
    "deliverywindowend",
    "due",
    "deadline",
  ],
  ready_at: ["ready", "readytime", "readyfrom"],
  parcels: ["parcelcount", "pieces", "quantity", "qty", "packages", "items"],
  weight_g: ["weight", "weightgrams", "grams", "parcelweight"],
  weight_kg: ["kg", "weightkilograms", "kilograms"],
  volume_l: ["volume", "volumeliters", "liters", "litres", "volumelitres"],
  contents: ["content", "description", "goods", "item"],
  value: ["declaredvalue", "ordervalue", "amount"],
  value_currency: ["currency"],
  requirements: ["requirement", "needs", "handling"],
  service_level: ["service", "servicetype"],
  if_undeliverable: ["undeliverable", "undeliverableaction"],
};

const plain = (heading: string): string =>
  heading
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

const meanings = new Map<string, Field>();
for (const field of fields)
  for (const word of [plain(field), ...synonyms[field]]) if (!meanings.has(word)) meanings.set(word, field);

/** What a heading means; null when it means nothing to us. Case, spaces and punctuation do not count. */
export const meaningOf = (heading: string): Field | null => meanings.get(plain(heading)) ?? null;
export const isOwnName = (heading: string, field: Field): boolean => plain(heading) === plain(field);
