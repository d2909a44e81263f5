import { Type, type Static } from "typebox";
import { idOf, object, orNull } from "./parts.ts";
import { CancelManyAnswer, OrderExportQuery, QuoteView } from "./orders.ts";
import type { RouteTable } from "./route.ts";

export const ImportProblem = Type.Object(
  {
    row: Type.Integer({ description: "line in the file as a spreadsheet counts it: the heading is row 1" }),
    column: orNull(Type.String({ description: "as the file calls it; null when the whole row is meant" })),
    code: Type.String(),
    detail: Type.String(),
    mend: Type.String(),
  },
  { additionalProperties: false },
);
export type ImportProblem = Static<typeof ImportProblem>;

export const ImportAnswer = object({
  importId: orNull(idOf("import")),
  dryRun: Type.Boolean(),
  rows: Type.Integer({ description: "rows with something in them, the heading left out" }),
  taken: Type.Integer(),
  refused: Type.Integer(),
  separator: Type.String(),
  columns: Type.Array(object({ heading: Type.String(), field: orNull(Type.String()) }), {
    description: "how each heading was understood; null: not understood and left out",
  }),
  notes: Type.Array(Type.String(), {
    description: "what one should know before saying yes, e.g. which zone times without offset were read in",
  }),
  preview: Type.Array(
    object({
      row: Type.Integer(),
      reference: orNull(Type.String()),
      pickup: Type.String(),
      dropoff: Type.String(),
      order: orNull(idOf("order")),
      quote: orNull(QuoteView),
    }),
    { description: "the good rows" },
  ),
  problems: Type.Array(ImportProblem, { description: "sorted by row; a bad row may have several" }),
});
export type ImportAnswer = Static<typeof ImportAnswer>;

const Csv = Type.String({ description: "UTF-8 text" });

export const importRoutes = {
  importOrders: {
    method: "POST",
    path: "/v1/orders/import",
    group: "Orders",
    may: "orders:write",
    consumes: "text/csv",
    does: "Orders from CSV (at most 10 MB, 10,000 rows): good rows in, bad rows explained; dryRun=true only looks. Idempotency-Key is honoured: the good rows then come in all at once.",
    query: object({
      shipper: Type.Optional(idOf("participant")),
      dryRun: Type.Optional(Type.Boolean({ default: false })),
    }),
    body: Csv,
    answers: { 200: ImportAnswer },
  },
  undoImport: {
    method: "POST",
    path: "/v1/imports/:id/undo",
    group: "Orders",
    may: "orders:write",
    does: "Cancel what an import brought; one outcome each",
    params: object({ id: idOf("import") }),
    body: object({}),
    answers: { 200: CancelManyAnswer },
  },
  orderTemplate: {
    method: "GET",
    path: "/v1/orders/template.csv",
    group: "Orders",
    may: null,
    does: "An empty order file with headings and two examples",
    produces: "text/csv",
    answers: { 200: Csv },
  },
  exportOrders: {
    method: "GET",
    path: "/v1/orders/export.csv",
    group: "Orders",
    may: "orders:read",
    does: "Orders as CSV, streamed",
    query: OrderExportQuery,
    produces: "text/csv",
    answers: { 200: Csv },
  },
} as const satisfies RouteTable;
