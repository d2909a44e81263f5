import type { Zone } from "../../../kernel/local-time.ts";
import { grams, liters } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import {
  unusable,
  type MessageRefusal,
  type Party,
  type Reference,
  type Tender,
  type TenderStop,
} from "../messages.ts";
import type { MessageBody, PlainSegment } from "./compose.ts";
import { dated, find, part, readNumber, writeDtm, type Parts } from "./parts.ts";

/** Message functions (element 1225). */
const purposes: Readonly<Record<string, Tender["purpose"]>> = {
  "9": "new",
  "": "new",
  "1": "cancel",
  "4": "change",
  "5": "replace",
};
/** Party functions (element 3035) that are a stop: consignor, ship from, despatch party, pick-up place; consignee, ship to, delivery party. */
const kinds: Readonly<Record<string, TenderStop["kind"]>> = {
  ...{ CZ: "pickup", SF: "pickup", PW: "pickup", CN: "dropoff", ST: "dropoff", DP: "dropoff" },
};
/** Date qualifiers (element 2005): earliest and latest collection and delivery. */
const dates = { pickup: ["234", "235"], dropoff: ["64", "63"] } as const;
/** Expiry: until when the answer counts. */
const respondBy = "36";

/**
 * Reads an instruction to carry. Each party that is a stop begins one, with its own dates and references; the goods items stand in the
 * order of the drop-offs, one for each, which is how the partners' guides that we know pair them.
 */
export function readIftmin(parts: readonly Parts[], zone: Zone): Result<Tender, MessageRefusal> {
  const bgm = find(parts, "BGM");
  const load = part(bgm, 2);
  const purpose = purposes[part(bgm, 3)];
  if (!purpose) return refuse(unusable("BGM", parts.indexOf(bgm!) + 1, 3, `"${part(bgm, 3)}" is none of 1, 4, 5, 9`));
  const isStop = (one: Parts): boolean => part(one, 0) === "NAD" && Object.hasOwn(kinds, part(one, 1));
  const starts = parts.flatMap((one, index) => (isStop(one) ? [index] : []));
  const goodsAt = parts.findIndex((one) => part(one, 0) === "GID");
  const goods = goodsOf(goodsAt < 0 ? [] : parts.slice(goodsAt));
  let drop = 0;
  const stops = starts.map((start, index): TenderStop => {
    const next = Math.min(starts[index + 1] ?? parts.length, goodsAt > start ? goodsAt : parts.length);
    const group = parts.slice(start, next);
    const kind = kinds[part(parts[start], 1)]!;
    const [earliest, latest] = dates[kind];
    return {
      number: index + 1,
      kind,
      party: partyOf(group),
      window: { earliest: dated(group, earliest, zone), latest: dated(group, latest, zone) },
      references: referencesIn(group),
      ...(kind === "dropoff" ? (goods[drop++] ?? nothing) : nothing),
    };
  });
  const head = parts.slice(0, starts[0] ?? parts.length);
  const scac = part(find(parts, "NAD", "CA"), 2);
  return ok({ load, scac, purpose, respondBy: dated(head, respondBy, zone), references: referencesIn(head), stops });
}

const referencesIn = (parts: readonly Parts[]): readonly Reference[] =>
  parts.flatMap((one) => (part(one, 0) === "RFF" ? [{ qualifier: part(one, 1), value: part(one, 1, 2) }] : []));

function partyOf(group: readonly Parts[]): Party {
  const nad = group[0];
  const com = find(group, "COM");
  const name = (nad?.[4] ?? []).filter((line) => line !== "").join(" ") || part(find(group, "CTA"), 2, 2);
  const street = (nad?.[5] ?? []).filter((line) => line !== "");
  const lines = [...street, part(nad, 6), `${part(nad, 7)} ${part(nad, 8)}`.trim(), part(nad, 9)];
  const address = lines.filter((line) => line !== "").join(", ");
  const phone = part(com, 1, 2) === "TE" ? part(com, 1) : "";
  return { name, code: part(nad, 2) || null, address: address || null, phone: phone || null, point: null };
}

type Goods = Pick<TenderStop, "weight" | "volume" | "quantity" | "contents" | "notes">;
const nothing: Goods = { weight: null, volume: null, quantity: null, contents: null, notes: null };
const mostUnits = 1e9;

function goodsOf(parts: readonly Parts[]): readonly Goods[] {
  const found: Goods[] = [];
  for (const one of parts) {
    const tag = part(one, 0);
    const last = found.at(-1);
    if (tag === "GID") {
      const quantity = readNumber(part(one, 2));
      found.push({
        ...nothing,
        quantity: quantity !== null && Number.isInteger(quantity) && quantity > 0 ? quantity : null,
      });
    } else if (last) found[found.length - 1] = { ...last, ...detail(tag, one) };
  }
  return found;
}

function detail(tag: string, one: Parts): Partial<Goods> {
  if (tag === "FTX") {
    const text = (one[4] ?? []).join(" ").trim();
    return part(one, 1) === "AAA" ? { contents: text } : { notes: text };
  }
  const value = readNumber(part(one, 3, 2));
  if (tag !== "MEA" || value === null || value < 0 || value > mostUnits) return {};
  const unit = part(one, 3);
  if (unit === "KGM" || unit === "GRM") return { weight: grams(Math.round(value * (unit === "KGM" ? 1000 : 1))) };
  if (unit === "LTR" || unit === "MTQ") return { volume: liters(Math.ceil(value * (unit === "MTQ" ? 1000 : 1))) };
  return {};
}

export function writeIftmin(tender: Tender, zone: Zone): MessageBody {
  const code = Object.entries(purposes).find(([key, word]) => key !== "" && word === tender.purpose)![0];
  const drops = tender.stops.filter(({ kind }) => kind === "dropoff");
  return {
    type: "IFTMIN",
    segments: [
      ["BGM", "610", tender.load, code],
      ...(tender.respondBy ? [writeDtm(respondBy, tender.respondBy, zone)] : []),
      ...tender.references.map(({ qualifier, value }): PlainSegment => ["RFF", [qualifier, value]]),
      ...(tender.scac ? [["NAD", "CA", [tender.scac, "", "9"]]] : []),
      ...tender.stops.flatMap((stop) => writeStop(stop, zone)),
      ...drops.flatMap(writeGoods),
    ],
  };
}

function writeStop({ kind, party, window, references }: TenderStop, zone: Zone): readonly PlainSegment[] {
  const [earliest, latest] = dates[kind];
  const name = party.name.match(/.{1,35}/g) ?? [];
  const street = party.address?.match(/.{1,35}/g) ?? [];
  return [
    [
      "NAD",
      kind === "pickup" ? "SF" : "ST",
      party.code ? [party.code, "", "92"] : "",
      "",
      name.slice(0, 5),
      street.slice(0, 4),
    ],
    ...(party.phone
      ? ([
          ["CTA", "IC", ["", party.name.slice(0, 35)]],
          ["COM", [party.phone, "TE"]],
        ] as const)
      : []),
    ...references.map(({ qualifier, value }): PlainSegment => ["RFF", [qualifier, value]]),
    ...(window.earliest ? [writeDtm(earliest, window.earliest, zone)] : []),
    ...(window.latest ? [writeDtm(latest, window.latest, zone)] : []),
  ];
}

function writeGoods({ weight, volume, quantity, contents, notes }: TenderStop, index: number): readonly PlainSegment[] {
  return [
    ["GID", String(index + 1), quantity === null ? "" : [String(quantity), "PK"]],
    ...(contents ? [["FTX", "AAA", "", "", contents.match(/.{1,512}/g)?.slice(0, 5) ?? ""]] : []),
    ...(notes ? [["FTX", "DEL", "", "", notes.match(/.{1,512}/g)?.slice(0, 5) ?? ""]] : []),
    ...(weight === null ? [] : [["MEA", "AAE", "G", ["KGM", String(weight / 1000)]]]),
    ...(volume === null ? [] : [["MEA", "AAE", "ABJ", ["LTR", String(volume)]]]),
  ];
}
