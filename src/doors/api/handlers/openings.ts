import type { Scope } from "../../../domain/index.ts";
import type { OrderId, SubjectId } from "../../../kernel/id.ts";
import { toIso } from "../../../kernel/quantity.ts";
import type { Answer, OpeningView } from "../contract.ts";
import type { Api, Asked } from "../context.ts";
import { Refused } from "../problems.ts";
import { named } from "../views.ts";

export async function listOpenings(api: Api, { scope, query }: Asked<"listOpenings">): Promise<Answer<"listOpenings">> {
  const limit = query.limit ?? 100;
  const subjects = query.order === undefined ? null : await subjectsOf(api, scope, query.order);
  const [rows, directory, people] = await Promise.all([
    api.network.openings(scope, {
      ...(subjects ? { subjects } : {}),
      ...(query.cursor === undefined ? {} : { before: readCursor(query.cursor) }),
      limit,
    }),
    api.directory(),
    api.accounts.people(scope),
  ]);
  const names = new Map(people.map(({ person }) => [`person:${person.id}`, person.name]));
  const openings = rows.map(({ at, by, viewer, purpose, kind, subject, owner }): OpeningView => ({
    at: toIso(at),
    by,
    byName: names.get(by) ?? null,
    actingFor: viewer === "network" ? null : named(directory, viewer),
    purpose: purpose as OpeningView["purpose"],
    kind,
    subject,
    owner: named(directory, owner),
  }));
  const last = rows.at(-1);
  return { openings, next: last && rows.length === limit ? String(last.number) : null };
}

/** Everybody and everything that the order speaks of: its two ends, its goods, and the proofs of its attempts. */
async function subjectsOf({ network }: Api, scope: Scope, id: OrderId): Promise<readonly SubjectId[]> {
  const order = await network.reads.order(scope, id);
  if (order === null) throw new Refused({ code: "ORDER_NOT_FOUND" });
  const attempts = await network.reads.attempts(scope, id);
  return [order.pickup.subject, order.dropoff.subject, order.goods, ...attempts.flatMap(({ proof }) => proof ?? [])];
}

function readCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) throw new Refused({ code: "CURSOR_WRONG", field: "cursor" });
  return Number(cursor);
}
