import { stringify } from "csv-stringify/sync";
import type { Contact, Order } from "../../../domain/index.ts";
import { toIso, type Instant } from "../../../kernel/quantity.ts";
import { decimals } from "../../../kernel/money.ts";
import type { Opened } from "../views.ts";
import { fields, type Field } from "./columns.ts";

/** What the export adds to the columns that an import reads: told, never taken back in. */
const told = ["order_id", "state", "placed_at", "closed_at", "price", "price_currency"] as const;
/** Grams say the weight already; e-mail addresses stay out of files that are passed around. */
const untold: ReadonlySet<Field> = new Set<Field>(["pickup_email", "dropoff_email", "weight_kg"]);
const taken = fields.filter((field) => !untold.has(field));

type Cell = string | number | null;

/**
 * A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV injection"): what senders wrote into names
 * and notes ends up in somebody's spreadsheet. Numbers stay numbers.
 */
const guarded = (cell: Cell): Cell =>
  typeof cell === "string" && /^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell;

const line = (cells: readonly Cell[]): string => stringify([cells.map(guarded)], { record_delimiter: "windows" });

/** The first line of an export, with the byte order mark by which spreadsheets know UTF-8. */
export const exportHeading = (): string => `\uFEFF${line([...told, ...taken])}`;

export function exportLine(order: Order, own: boolean, opened: Opened): string {
  const goods = opened.goods.get(order.goods);
  const money = (amount: { readonly amount: number; readonly currency: string } | null): Cell =>
    amount && (amount.amount / 10 ** decimals(amount.currency)).toFixed(decimals(amount.currency));
  const price = own ? order.price : null;
  const first = order.parcels[0];
  return line([
    order.id,
    order.state,
    toIso(order.placedAt),
    at(order.closedAt),
    money(price),
    price?.currency ?? null,
    own ? order.reference : null,
    ...place(opened.contacts.get(order.pickup.subject)),
    ...place(opened.contacts.get(order.dropoff.subject)),
    at(order.pickupWindow.earliest),
    at(order.pickupWindow.latest),
    at(order.dropoffWindow.earliest),
    at(order.dropoffWindow.latest),
    toIso(order.readyAt),
    order.parcels.length,
    first?.weight ?? null,
    first?.volume ?? null,
    goods?.contents.join("; ") ?? null,
    money(goods?.value ?? null),
    goods?.value?.currency ?? null,
    order.requirements.join(" "),
    order.serviceLevel,
    order.ifUndeliverable,
  ]);
}

const at = (when: Instant | null): Cell => (when === null ? null : toIso(when));
const place = (contact: Contact | undefined): readonly Cell[] =>
  contact
    ? [contact.name, contact.address, contact.point[0], contact.point[1], contact.phone, contact.notes]
    : [null, null, null, null, null, null];

/** A file to fill in: every column, and two orders in the loaded city as examples. */
export function template(
  examples: readonly {
    readonly pickup: string;
    readonly dropoff: string;
    readonly from: string;
    readonly until: string;
  }[],
): string {
  const headings: readonly Field[] = [
    "reference",
    "pickup_name",
    "pickup_address",
    "dropoff_name",
    "dropoff_address",
    "dropoff_phone",
    "dropoff_notes",
    "dropoff_from",
    "dropoff_until",
    "parcels",
    "weight_g",
    "volume_l",
    "contents",
    "requirements",
  ];
  const rows = examples.map(({ pickup, dropoff, from, until }, index): readonly Cell[] => [
    `EXAMPLE-${index + 1}`,
    "Corner Bakery",
    pickup,
    index === 0 ? "Ana Sousa" : "Rui Mar",
    dropoff,
    null,
    index === 0 ? "Ring twice" : null,
    from,
    until,
    1,
    1200,
    6,
    index === 0 ? "bread" : "books",
    index === 0 ? "fragile" : null,
  ]);
  return `\uFEFF${[headings as readonly Cell[], ...rows].map(line).join("")}`;
}
