import { grams, instant, liters, type Instant } from "../../../kernel/quantity.ts";
import type { Rng } from "../../../kernel/rng.ts";
import { edifactCodes, x12Codes } from "../codes.ts";
import { compose as composeEdifact, edifactSeparators, type MessageBody } from "../edifact/compose.ts";
import { writeIftmin } from "../edifact/iftmin.ts";
import { writeIftsta } from "../edifact/iftsta.ts";
import { writeInvoic } from "../edifact/invoic.ts";
import {
  statusWords,
  type Invoice,
  type Status,
  type Tender,
  type TenderAnswer,
  type TenderStop,
} from "../messages.ts";
import type { Interchange, Separators } from "../wire/interchange.ts";
import { writeAnswer } from "../x12/answer-990.ts";
import { compose as composeX12, type SetBody, x12Separators } from "../x12/compose.ts";
import { writeInvoice } from "../x12/invoice-210.ts";
import { writeStatus } from "../x12/status-214.ts";
import { writeTender } from "../x12/tender-204.ts";

/** Interchanges as partners send them, from a seed: every kind of set, every way of parting them, good in every line. */
export class Generator {
  readonly #rng: Pick<Rng, "below">;

  constructor(rng: Pick<Rng, "below">) {
    this.#rng = rng;
  }

  #one<Value>(from: readonly Value[]): Value {
    return from[this.#rng.below(from.length)]!;
  }

  #many<Value>(most: number, make: (index: number) => Value): Value[] {
    return Array.from({ length: 1 + this.#rng.below(most) }, (_, index) => make(index));
  }

  #text(most: number): string {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789.,-/&'éß東";
    return `N${this.#many(most - 1, () => this.#one(Array.from(letters))).join("")}`.trim();
  }

  /** Whole minutes: neither standard's messages say more. */
  #when(): Instant {
    return instant(Date.UTC(2026, 10, 21) + this.#rng.below(60 * 24 * 30) * 60_000);
  }

  tender(): Tender {
    const drops = this.#many(4, (index) => this.#stop(index + 2, "dropoff"));
    return {
      load: `LOAD${this.#rng.below(1e6)}`,
      scac: "SCAC",
      purpose: this.#one(["new", "change", "replace", "cancel"]),
      respondBy: this.#one([null, this.#when()]),
      references: this.#many(2, () => ({ qualifier: "PO", value: String(this.#rng.below(1e9)) })),
      stops: [this.#stop(1, "pickup"), ...drops],
    };
  }

  #stop(number: number, kind: TenderStop["kind"]): TenderStop {
    const isDrop = kind === "dropoff";
    const earliest = this.#when();
    return {
      ...{ number, kind },
      party: {
        name: this.#text(30),
        code: this.#one([null, `C${this.#rng.below(1000)}`]),
        address: `Harbour Street ${1 + this.#rng.below(99)}`,
        phone: this.#one([null, "+12025550102"]),
        point: null,
      },
      window: { earliest, latest: this.#one([null, instant(earliest + 3_600_000)]) },
      references: isDrop ? [{ qualifier: "CR", value: `D${this.#rng.below(1e6)}` }] : [],
      weight: isDrop ? grams(100 * (1 + this.#rng.below(500))) : null,
      volume: isDrop ? liters(1 + this.#rng.below(200)) : null,
      quantity: isDrop ? 1 + this.#rng.below(9) : null,
      contents: isDrop ? this.#one([null, this.#text(20)]) : null,
      notes: isDrop ? this.#one([null, this.#text(40)]) : null,
    };
  }

  answer(): TenderAnswer {
    const accepted = this.#rng.below(2) === 0;
    const at = instant(Date.UTC(2026, 10, 1 + this.#rng.below(28)));
    return {
      load: `LOAD${this.#rng.below(1e6)}`,
      scac: "SCAC",
      ...{ accepted, at },
      pro: this.#one([null, `PRO${this.#rng.below(1000)}`]),
      reason: accepted ? null : "NO VAN IS FREE THAT DAY",
    };
  }

  status(codes: typeof x12Codes): Status {
    const word = this.#one(statusWords.filter((one) => codes.write[one] !== undefined));
    return {
      load: `LOAD${this.#rng.below(1e6)}`,
      pro: `PRO${this.#rng.below(1000)}`,
      scac: "SCAC",
      reference: this.#one([null, `D${this.#rng.below(1000)}`]),
      ...{ word, code: codes.write[word]!, reason: "NS", at: this.#when(), point: null },
    };
  }

  invoice(): Invoice {
    const lines = this.#many(3, () => ({
      text: this.#text(20),
      amount: { amount: 1 + this.#rng.below(1e6), currency: "USD" } as Invoice["amount"],
      code: this.#one(["400", "FUE"]),
    }));
    const amount = {
      amount: lines.reduce((sum, one) => sum + one.amount.amount, 0),
      currency: "USD",
    } as Invoice["amount"];
    const day = instant(Date.UTC(2026, 10, 1 + this.#rng.below(28)));
    return {
      ...{
        number: `INV${this.#rng.below(1e6)}`,
        load: `LOAD${this.#rng.below(1e6)}`,
        pro: "PRO1",
        scac: "SCAC",
        amount,
        lines,
      },
      ...{ issuedAt: day, deliveredAt: this.#one([null, day]) },
    };
  }

  x12(): Interchange {
    const separators: Separators = {
      ...x12Separators,
      element: this.#one(["*", "|", "^"]),
      component: this.#one([">", ":", "\\"]),
      terminator: this.#one(["~", "\n", "\x1c"]),
    };
    const after = separators.terminator === "\n" ? "" : this.#one(["", "\n", "\r\n"]);
    const line = {
      us: { qualifier: "ZZ", id: "SHIPPER" },
      them: { qualifier: "02", id: "SCAC" },
      isTest: true,
      separators,
      after,
      zone: "UTC",
    };
    const body = (): SetBody =>
      this.#one([
        () => writeTender(this.tender(), "UTC"),
        () => writeAnswer(this.answer(), "UTC"),
        () => writeStatus(this.status(x12Codes), "UTC"),
        () => writeInvoice(this.invoice(), "UTC"),
      ])();
    return composeX12(line, 1 + this.#rng.below(1e8), this.#when(), this.#many(5, body));
  }

  edifact(): Interchange {
    const separators: Separators = {
      ...edifactSeparators,
      ...this.#one([{}, { element: "|", component: "^" }, { terminator: "~", release: "\\" }]),
    };
    const line = {
      us: { qualifier: "14", id: "SHIPPER" },
      them: { qualifier: "ZZZ", id: "CARRIER" },
      isTest: true,
      separators,
      after: this.#one(["", "\r\n"]),
      zone: "UTC",
    };
    const body = (): MessageBody =>
      this.#one([
        () => writeIftmin(this.tender(), "UTC"),
        () => writeIftsta(this.status(edifactCodes), "UTC"),
        () => writeInvoic(this.invoice(), "UTC"),
      ])();
    return composeEdifact(line, 1 + this.#rng.below(1e8), this.#when(), this.#many(5, body));
  }
}
