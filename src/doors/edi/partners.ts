import { Type, type Static } from "typebox";
import { Check, Errors } from "typebox/value";
import type { Point } from "../../kernel/point.ts";
import { isPoint } from "../../kernel/point.ts";
import { isId, type ParticipantId } from "../../kernel/id.ts";
import { isZone } from "../../kernel/local-time.ts";
import type { StatusCodes } from "./codes.ts";
import { edifactSeparators } from "./edifact/compose.ts";
import { statusWords } from "./messages.ts";
import type { Line } from "./wire/line.ts";
import { unfit } from "./wire/read.ts";
import { x12Separators } from "./x12/compose.ts";

const Word = Type.Enum([...statusWords]);
const Code = Type.String({ minLength: 1, maxLength: 3 });
const WrittenCodes = Type.Object(Object.fromEntries(statusWords.map((word) => [word, Type.Optional(Code)])), {
  additionalProperties: false,
});
const AddressJson = Type.Object(
  { qualifier: Type.String({ maxLength: 4 }), id: Type.String({ minLength: 1, maxLength: 35 }) },
  { additionalProperties: false },
);
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

const PartnerJson = Type.Object(
  {
    /** The name of its folder, too. */
    id: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,39}$" }),
    participant: Type.String(),
    role: Type.Enum(["shipper", "carrier"]),
    syntax: Type.Enum(["x12", "edifact"]),
    us: AddressJson,
    them: AddressJson,
    scac: Type.String({ pattern: "^[A-Z]{2,4}$" }),
    isTest: Type.Optional(Type.Boolean()),
    zone: Type.String(),
    currency: Type.String({ pattern: "^[A-Z]{3}$" }),
    separators: Type.Optional(
      Type.Object(
        { element: Type.Optional(text(1)), component: Type.Optional(text(1)), terminator: Type.Optional(text(1)) },
        { additionalProperties: false },
      ),
    ),
    lineEnds: Type.Optional(Type.Enum(["", "\n", "\r\n"])),
    codes: Type.Optional(
      Type.Object(
        {
          write: Type.Optional(WrittenCodes),
          read: Type.Optional(Type.Record(Code, Word)),
        },
        { additionalProperties: false },
      ),
    ),
    places: Type.Optional(
      Type.Record(
        text(80),
        Type.Object(
          {
            name: Type.Optional(text(200)),
            address: Type.Optional(text(300)),
            phone: Type.Optional(text(40)),
            point: Type.Optional(Type.Array(Type.Number(), { minItems: 2, maxItems: 2 })),
          },
          { additionalProperties: false },
        ),
        { maxProperties: 100_000 },
      ),
    ),
  },
  { additionalProperties: false },
);
const PartnersJson = Type.Array(PartnerJson, { maxItems: 1000 });

/** A place that the partner names by a number of its own. */
export interface KnownPlace {
  readonly name?: string;
  readonly address?: string;
  readonly phone?: string;
  readonly point?: Point;
}

/** Somebody we exchange interchanges with, and everything about it that is agreed and not in the standard: data, no code. */
export interface Partner {
  readonly id: string;
  readonly participant: ParticipantId;
  /** `shipper`: tenders to us, and hears what happens. `carrier`: is tendered to, and tells. */
  readonly role: "shipper" | "carrier";
  readonly syntax: "x12" | "edifact";
  readonly line: Line;
  /** The carrier's code in the messages: ours towards a shipper, theirs towards a carrier. */
  readonly scac: string;
  readonly currency: string;
  readonly codes: Partial<StatusCodes>;
  readonly places: Readonly<Record<string, KnownPlace>>;
}

/** What is wrong with the list of partners: one sentence for the person who wrote it. */
export class PartnersWrong extends Error {
  override readonly name = "PartnersWrong";
}

/** Reads the list of partners. Throws PartnersWrong, naming the place as a JSON pointer. */
export function readPartners(json: unknown): readonly Partner[] {
  if (!Check(PartnersJson, json)) {
    const [first] = Errors(PartnersJson, json);
    const why =
      first?.message === "schema is false" ? "is no field of a partner" : (first?.message ?? "is no list of partners");
    throw new PartnersWrong(`${first?.instancePath ?? ""} ${why}`.trim());
  }
  const partners = json.map(readPartner);
  const twice = partners.find(
    (one, index) => partners.findIndex((other) => other.id === one.id || addressOf(other) === addressOf(one)) !== index,
  );
  if (twice) throw new PartnersWrong(`the partner ${twice.id} or its address is there twice`);
  return partners;
}

const addressOf = ({ syntax, line: { us, them } }: Partner): string =>
  [syntax, them.qualifier, them.id, us.qualifier, us.id].join(" ");

function readPartner(json: Static<typeof PartnerJson>, index: number): Partner {
  const wrong = (field: string, why: string): PartnersWrong => new PartnersWrong(`/${index}/${field} ${why}`);
  if (!isId("participant", json.participant)) throw wrong("participant", "is no participant's id");
  if (!isZone(json.zone)) throw wrong("zone", "is no time zone such as Europe/Lisbon");
  const given = Object.fromEntries(Object.entries(json.separators ?? {}));
  const separators = { ...(json.syntax === "x12" ? x12Separators : edifactSeparators), ...given };
  const why = unfit(separators);
  if (why) throw wrong("separators", why);
  const places = Object.entries(json.places ?? {}).map(([code, { point, ...place }]): readonly [string, KnownPlace] => {
    if (point === undefined) return [code, place];
    const [longitude, latitude] = point as [number, number];
    if (!isPoint([longitude, latitude])) throw wrong(`places/${code}/point`, "is not [longitude, latitude]");
    return [code, { ...place, point: [longitude, latitude] }];
  });
  const { id, participant, role, syntax, us, them, scac, currency, zone, isTest = false, lineEnds = "" } = json;
  return {
    ...{ id, participant, role, syntax, scac, currency },
    line: { us, them, isTest, separators, after: lineEnds, zone },
    codes: json.codes ?? {},
    places: Object.fromEntries(places),
  };
}
