import type { Zone } from "../../../kernel/local-time.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import {
  unusable,
  type MessageRefusal,
  type Party,
  type Reference,
  type Tender,
  type TenderStop,
} from "../messages.ts";
import { element, type Segment } from "../wire/interchange.ts";
import { dateAndTime, type SetBody } from "./compose.ts";
import { readInstant, readVolume, readWeight } from "./values.ts";

const purposes: Readonly<Record<string, Tender["purpose"]>> = {
  "00": "new",
  "01": "cancel",
  "04": "change",
  "05": "replace",
};
/** Stop reasons (element 163): complete, whole and partial loading and unloading. */
const kinds: Readonly<Record<string, TenderStop["kind"]>> = {
  ...{ CL: "pickup", LD: "pickup", PL: "pickup", CU: "dropoff", UL: "dropoff", PU: "dropoff" },
};

/** Reads a motor carrier load tender, release 004010; the segments were checked. `zone`: where its local times are. */
export function readTender(segments: readonly Segment[], zone: Zone): Result<Tender, MessageRefusal> {
  const b2 = segments.find(([tag]) => tag === "B2");
  const b2a = segments.find(([tag]) => tag === "B2A");
  const load = element(b2, 4);
  const place = (segment: Segment | undefined): number => (segment ? segments.indexOf(segment) + 1 : segments.length);
  if (load === "") return refuse(unusable("B2", place(b2), 4, "it names no load"));
  const purpose = purposes[element(b2a, 1)];
  if (!purpose) return refuse(unusable("B2A", place(b2a), 1, `"${element(b2a, 1)}" is none of 00, 01, 04, 05`));

  const starts = segments.flatMap(([tag], index) => (tag === "S5" ? [index] : []));
  const stops: TenderStop[] = [];
  for (const [index, start] of starts.entries()) {
    const stop = readStop(segments.slice(start, starts[index + 1] ?? segments.length), start + 1, zone);
    if (!stop.ok) return stop;
    stops.push(stop.value);
  }
  const head = segments.slice(0, starts[0] ?? segments.length);
  const respond = head.find((segment) => segment[0] === "G62" && element(segment, 1) === "64");
  return ok({
    load,
    scac: element(b2, 2),
    purpose,
    respondBy: respond ? timeOf(respond, zone) : null,
    references: referencesIn(head),
    stops,
  });
}

const timeOf = (g62: Segment, zone: Zone): Instant | null =>
  readInstant(element(g62, 2), element(g62, 4), element(g62, 5), zone);

const referencesIn = (segments: readonly Segment[]): readonly Reference[] =>
  segments.flatMap((segment) =>
    segment[0] === "L11" && element(segment, 1) !== ""
      ? [{ qualifier: element(segment, 2), value: element(segment, 1) }]
      : [],
  );

/** Date qualifiers of a stop (element 432): earliest, latest, and the moment that stands for both ends. */
const dates = {
  pickup: { earliest: ["37"], latest: ["38"], both: ["69", "10"] },
  dropoff: { earliest: ["53"], latest: ["54"], both: ["70", "68"] },
} as const;

function readStop(segments: readonly Segment[], first: number, zone: Zone): Result<TenderStop, MessageRefusal> {
  const s5 = segments[0]!;
  const kind = kinds[element(s5, 2)];
  if (!kind) return refuse(unusable("S5", first, 2, `"${element(s5, 2)}" is none of ${Object.keys(kinds).join(", ")}`));
  const dated = (qualifiers: readonly string[]): Instant | null => {
    const found = segments.find((segment) => segment[0] === "G62" && qualifiers.includes(element(segment, 1)));
    return found ? timeOf(found, zone) : null;
  };
  const { earliest, latest, both } = dates[kind];
  const at8 = segments.find(([tag]) => tag === "AT8");
  const l5 = segments.find(([tag]) => tag === "L5");
  const notes = segments.flatMap((segment) => (segment[0] === "NTE" ? [element(segment, 2)] : []));
  const quantity = Number(element(at8, 4) || element(s5, 5));
  return ok({
    number: Number(element(s5, 1)),
    kind,
    party: readParty(segments),
    window: { earliest: dated(earliest) ?? dated(both), latest: dated(latest) ?? dated(both) },
    references: referencesIn(segments),
    weight: readWeight(element(at8, 3), element(at8, 2)) ?? readWeight(element(s5, 3), element(s5, 4)),
    volume: readVolume(element(at8, 7), element(at8, 6)) ?? readVolume(element(s5, 7), element(s5, 8)),
    quantity: Number.isInteger(quantity) && quantity > 0 ? quantity : null,
    contents: element(l5, 2) || null,
    notes: notes.length > 0 ? notes.join(" ") : null,
  });
}

/** The first N1 group of the stop: who is there. */
function readParty(segments: readonly Segment[]): Party {
  const from = segments.findIndex(([tag]) => tag === "N1");
  const rest = from < 0 ? [] : segments.slice(from + 1);
  const until = rest.findIndex(([tag]) => tag === "N1");
  const group = until < 0 ? rest : rest.slice(0, until);
  const find = (tag: string): Segment | undefined => group.find((segment) => segment[0] === tag);
  const [n1, n4, g61] = [from < 0 ? undefined : segments[from], find("N4"), find("G61")];
  const streets = group.flatMap((segment) => (segment[0] === "N3" ? [element(segment, 1), element(segment, 2)] : []));
  const town = [element(n4, 1), `${element(n4, 2)} ${element(n4, 3)}`.trim(), element(n4, 4)];
  const lines = [...streets, ...town].filter((line) => line !== "");
  return {
    name: element(n1, 2) || element(g61, 2),
    code: element(n1, 4) || null,
    address: lines.length > 0 ? lines.join(", ") : null,
    phone: element(g61, 3) === "TE" ? element(g61, 4) || null : null,
    point: null,
  };
}

const codeOf = <Key extends string>(table: Readonly<Record<string, Key>>, word: Key): string =>
  Object.entries(table).find(([, found]) => found === word)![0];

/** Writes a load tender; times are the wall's in `zone`, said as `LT`. */
export function writeTender(tender: Tender, zone: Zone): SetBody {
  const { date, time } = tender.respondBy ? dateAndTime(tender.respondBy, zone) : { date: "", time: "" };
  const weight = tender.stops.reduce((sum, stop) => (stop.kind === "pickup" ? sum + (stop.weight ?? 0) : sum), 0);
  return {
    type: "204",
    segments: [
      ["B2", "", tender.scac, "", tender.load, "", "PP"],
      ["B2A", codeOf(purposes, tender.purpose), "LT"],
      ...tender.references.map(({ qualifier, value }): Segment => ["L11", value, qualifier]),
      ...(date === "" ? [] : [["G62", "64", date, "1", time, "LT"]]),
      ["MS3", tender.scac, "B", "", "M"],
      ...tender.stops.flatMap((stop) => writeStop(stop, zone)),
      ...(weight > 0 ? [["L3", String(weight / 1000), "G"]] : []),
    ],
  };
}

function writeStop(stop: TenderStop, zone: Zone): readonly Segment[] {
  const isPickup = stop.kind === "pickup";
  const { party, window } = stop;
  const dated = (qualifier: string, timeQualifier: string, at: Instant | null): readonly Segment[] => {
    if (at === null) return [];
    const { date, time } = dateAndTime(at, zone);
    return [["G62", qualifier, date, timeQualifier, time, "LT"]];
  };
  const weight = stop.weight === null ? [] : [String(stop.weight / 1000), "K"];
  const quantity =
    stop.quantity === null ? [] : [...(weight.length > 0 ? weight : ["", ""]), String(stop.quantity), "PC"];
  return [
    ["S5", String(stop.number), isPickup ? "LD" : "UL", ...(quantity.length > 0 ? quantity : weight)],
    ...stop.references.map(({ qualifier, value }): Segment => ["L11", value, qualifier]),
    ...dated(isPickup ? "37" : "53", isPickup ? "I" : "G", window.earliest),
    ...dated(isPickup ? "38" : "54", isPickup ? "K" : "L", window.latest),
    ...(stop.volume === null
      ? []
      : [["AT8", "G", ...(weight.length > 0 ? [weight[1]!, weight[0]!] : ["", ""]), "", "", "L", String(stop.volume)]]),
    ...(stop.notes ? [["NTE", "OTH", stop.notes.slice(0, 80)]] : []),
    ["N1", isPickup ? "SF" : "ST", party.name.slice(0, 60), ...(party.code ? ["93", party.code] : [])],
    ...addressLines(party.address ?? "").map((line): Segment => ["N3", line]),
    ...(party.phone ? [["G61", "IC", party.name.slice(0, 60) || "-", "TE", party.phone]] : []),
    ...(stop.contents ? [["L5", "1", stop.contents.slice(0, 50)]] : []),
  ];
}

/** An address in lines of at most 55 characters (element 166), parted at commas or else at blanks. */
function addressLines(address: string): readonly string[] {
  const lines: string[] = [];
  let rest = address.trim();
  while (rest.length > 55) {
    const cut = [rest.lastIndexOf(",", 54), rest.lastIndexOf(" ", 54), 55].find((at) => at > 0)!;
    lines.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).replace(/^[, ]+/, "");
  }
  return rest === "" ? lines : [...lines, rest];
}
