import { randomInt } from "node:crypto";
import { Readable } from "node:stream";
import type { Order, OrderFilter, Scope } from "../../../domain/index.ts";
import type { IntakeRefusal, OrderRequest } from "../../../journey/intake/index.ts";
import { newId, type Id, type OrderId, type ParticipantId } from "../../../kernel/id.ts";
import { toLocal } from "../../../kernel/local-time.ts";
import type { Point } from "../../../kernel/point.ts";
import { after, hours, type Instant } from "../../../kernel/quantity.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Keep, PriceAnswer } from "../../network.ts";
import type { CancelManyAnswer, ImportAnswer, ImportProblem } from "../contract.ts";
import { actingFor, type Api, type Asked } from "../context.ts";
import type { Field } from "../csv/columns.ts";
import { readOrders, type ReadRow } from "../csv/read-orders.ts";
import { readTable, type Table } from "../csv/read-table.ts";
import { exportHeading, exportLine, template } from "../csv/write-orders.ts";
import { must, Refused, rowProblem, type Code } from "../problems.ts";
import { openPersons } from "../views.ts";
import { once, type Kept } from "./idempotency.ts";
import { cancelEach, legsOfMany, orderQuery } from "./orders.ts";
import { quoteView } from "./place-orders.ts";

/** Orders of a page that is read at a time. */
const pageful = 500;

type GoodRow = ReadRow & { readonly request: OrderRequest };

/** What came of the good rows, one for one. It is kept beside the Idempotency-Key, outside the vault, and holds no personal data. */
interface Brought {
  readonly importId: Id<"import"> | null;
  readonly notes: readonly string[];
  readonly entered: readonly Entered[];
}

interface Entered {
  readonly order: OrderId | null;
  readonly price: PriceAnswer | null;
  readonly refusal: IntakeRefusal | null;
}

/**
 * Good rows in, bad rows explained. With `dryRun` everything is checked and priced, and nothing is placed. Under an Idempotency-Key the
 * good rows come in as one step, so that a repeat finds all of them or none; the answer is made anew from the same file and what came
 * of it.
 */
export async function importOrders(
  api: Api,
  { query, scope, body, request }: Asked<"importOrders">,
): Promise<ImportAnswer> {
  const shipper = actingFor(scope, query.shipper, "SHIPPER_MISSING");
  const table = must(readTable(body as unknown as Uint8Array));
  const { rows, localTimes } = readOrders(table, { zone: api.network.city.zone, currency: api.network.city.currency });
  const good = rows.filter((row): row is GoodRow => row.request !== null);
  const problems = rows.flatMap(({ row, refusals }) =>
    refusals.map(({ field, refusal }) => cellProblem(table, row, field, refusal)),
  );

  const dryRun = query.dryRun ?? false;
  const requests = good.map((row) => row.request);
  const notes = notesOn(api, table, localTimes);
  const brought: Brought = dryRun
    ? { importId: null, notes, entered: await tryOut(api, scope, shipper, requests) }
    : (JSON.parse(
        (await once(api, request, shipper, (keep) => bring(api, scope, shipper, requests, notes, keep))).body,
      ) as Brought);
  const preview: ImportAnswer["preview"] = [];
  for (const [index, { order, price, refusal }] of brought.entered.entries()) {
    const { row, request } = good[index]!;
    if (refusal) problems.push(cellProblem(table, row, columnOf(refusal), refusal));
    else preview.push({ row, ...shown(request), order, quote: price && quoteView(price) });
  }
  problems.sort((a, b) => a.row - b.row);
  return {
    importId: preview.length > 0 ? brought.importId : null,
    dryRun,
    rows: rows.length,
    taken: preview.length,
    refused: rows.length - preview.length,
    separator: table.separator === "\t" ? "tab" : table.separator,
    columns: table.headings.map(({ heading, field }) => ({ heading, field })),
    notes: [...brought.notes],
    preview,
    problems,
  };
}

async function tryOut(
  api: Api,
  scope: Scope,
  shipper: ParticipantId,
  requests: readonly OrderRequest[],
): Promise<readonly Entered[]> {
  const answers = await api.network.orders.preview(scope, shipper, requests);
  return answers.map((answer) =>
    answer.ok
      ? { order: null, price: answer.value, refusal: null }
      : { order: null, price: null, refusal: answer.refusal },
  );
}

async function bring(
  api: Api,
  scope: Scope,
  shipper: ParticipantId,
  requests: readonly OrderRequest[],
  notes: readonly string[],
  keep: Pick<Keep, "key" | "requestHash"> | null,
): Promise<Kept> {
  const importedBy = newId("import", api.network.clock.now(), { below: randomInt });
  const answer = (placed: unknown): Kept => ({
    status: 200,
    body: JSON.stringify({
      importId: importedBy,
      notes,
      entered: (placed as readonly Result<Order, IntakeRefusal>[]).map((one) =>
        one.ok
          ? { order: one.value.id, price: null, refusal: null }
          : { order: null, price: null, refusal: one.refusal },
      ),
    } satisfies Brought),
  });
  const options = { importedBy, ...(keep ? { keep: { ...keep, answer } } : {}) };
  return answer(requests.length === 0 ? [] : await api.network.orders.place(scope, shipper, requests, options));
}

const shown = (request: OrderRequest): { reference: string | null; pickup: string; dropoff: string } => ({
  reference: request.reference,
  pickup: request.pickup.address ?? request.pickup.point?.join(", ") ?? "",
  dropoff: request.dropoff.address ?? request.dropoff.point?.join(", ") ?? "",
});

function cellProblem(table: Table, row: number, field: Field | null, refusal: { readonly code: Code }): ImportProblem {
  const heading = field && (table.headings.find((column) => column.field === field)?.heading ?? field);
  // The refusal's own `field` is a path in JSON; the reader of a spreadsheet knows its columns.
  const { code, detail, mend } = rowProblem(
    heading ? ({ ...refusal, field: `column ${heading}` } as typeof refusal) : refusal,
  );
  return { row, column: heading, code, detail, mend };
}

/** The column that a path of the request came from. */
function columnOf(refusal: IntakeRefusal): Field | null {
  if (!("field" in refusal)) return null;
  const path = refusal.field;
  if (path === "reference") return "reference";
  if (path.startsWith("parcels"))
    return refusal.code === "PARCEL_TOO_HEAVY"
      ? "weight_g"
      : refusal.code === "PARCEL_TOO_LARGE"
        ? "volume_l"
        : "parcels";
  if (path.startsWith("pickupWindow")) return "pickup_until";
  if (path.startsWith("dropoffWindow")) return "dropoff_until";
  const end = path.startsWith("pickup") ? "pickup" : path.startsWith("dropoff") ? "dropoff" : null;
  if (end && path.endsWith("phone")) return `${end}_phone`;
  if (end) return path.endsWith("point") ? `${end}_longitude` : `${end}_address`;
  if (path === "ifUndeliverable") return "if_undeliverable";
  return path === "readyAt" ? "ready_at" : null;
}

function notesOn(api: Api, table: Table, localTimes: boolean): string[] {
  const notes: string[] = [];
  const unknown = table.headings
    .filter(({ field, heading }) => field === null && heading !== "")
    .map(({ heading }) => heading);
  if (unknown.length > 0) notes.push(`Not understood and left out: ${unknown.join(", ")}.`);
  if (localTimes) notes.push(`Times without an offset were read as the city's own time (${api.network.city.zone}).`);
  if (api.network.demo)
    notes.push(
      `This is the demo: windows are read by its clock, which shows ${local(api, api.network.clock.now())} now.`,
    );
  return notes;
}

function local(api: Api, at: Instant): string {
  const { year, month, day, hour, minute } = toLocal(at, api.network.city.zone);
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}

export async function undoImport(api: Api, { scope, params }: Asked<"undoImport">): Promise<CancelManyAnswer> {
  const orders: OrderId[] = [];
  for await (const order of everyOrder(api, scope, { importedBy: params.id })) orders.push(order.id);
  if (orders.length === 0) throw new Refused({ code: "IMPORT_NOT_FOUND" });
  return cancelEach(api, scope, orders, "the import was undone");
}

async function* everyOrder(api: Api, scope: Scope, query: OrderFilter): AsyncGenerator<Order> {
  for await (const page of everyPage(api, scope, query)) yield* page;
}

async function* everyPage(api: Api, scope: Scope, query: OrderFilter): AsyncGenerator<readonly Order[]> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Api["network"]["reads"]["orders"]>> = await api.network.reads.orders(scope, {
      ...query,
      ...(cursor ? { cursor } : {}),
      limit: pageful,
    });
    yield page.rows;
    cursor = page.next;
  } while (cursor !== null);
}

/** Page by page, so that a year of orders needs no more memory than a day. */
export function exportOrders(api: Api, { query, scope, reply }: Asked<"exportOrders">): unknown {
  void reply
    .header("content-type", "text/csv; charset=utf-8")
    .header("content-disposition", 'attachment; filename="orders.csv"');
  return reply.send(Readable.from(lines()));

  async function* lines(): AsyncGenerator<string> {
    yield exportHeading();
    for await (const orders of everyPage(api, scope, orderQuery(query))) {
      const opened = await openPersons(api, scope, orders, await legsOfMany(api, scope, orders), "export");
      yield orders
        .map((order) => exportLine(order, scope.viewer === "network" || scope.viewer === order.shipper, opened))
        .join("");
    }
  }
}

/** Two examples that would be taken as they are: addresses of the loaded city, a window some hours ahead on its clock. */
export function orderTemplate(api: Api, { reply }: Asked<"orderTemplate">): unknown {
  const { bounds, centre } = api.network.city;
  const label = (share: number): string => {
    const point: Point = [centre[0] + (bounds[2] - bounds[0]) * share, centre[1] + (bounds[3] - bounds[1]) * share];
    return nearAddress(api, point) ?? nearAddress(api, centre) ?? "Harbour Street 12";
  };
  const from = local(api, after(api.network.clock.now(), hours(2)));
  const until = local(api, after(api.network.clock.now(), hours(4)));
  const pickup = label(0);
  // Where addresses are few, the nearest may be the pickup's own.
  const elsewhere = (shares: readonly number[]): string => shares.map(label).find((one) => one !== pickup) ?? pickup;
  const dropoffs = [elsewhere([0.04, -0.04, 0.2, -0.2]), elsewhere([-0.05, 0.05, -0.3, 0.3])];
  const examples = dropoffs.map((dropoff) => ({ pickup, dropoff, from, until }));
  void reply
    .header("content-type", "text/csv; charset=utf-8")
    .header("content-disposition", 'attachment; filename="orders-template.csv"');
  return reply.send(template(examples));
}

/** The address at the point, else at the first of some points around it. */
function nearAddress(api: Api, [longitude, latitude]: Point): string | null {
  for (let ring = 0; ring < 6; ring++)
    for (const [east, north] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ] as const) {
      const found = api.network.places.at([longitude + east * ring * 0.002, latitude + north * ring * 0.002]);
      if (found) return found.label;
    }
  return null;
}
