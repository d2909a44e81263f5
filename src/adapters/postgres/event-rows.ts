import type { Happened, Recorded, Sealed } from "../../domain/index.ts";
import type { EventId, OrderId, ParticipantId } from "../../kernel/id.ts";
import { instant } from "../../kernel/quantity.ts";

/** An event as a row of `events`. */
export interface EventRow {
  readonly id: EventId;
  readonly at: number;
  readonly owner: ParticipantId;
  readonly order_id: OrderId;
  readonly sequence: number;
  readonly body: Happened;
}

export const recordedColumns = "id, at, owner, order_id, sequence, body";
export const sealedColumns = `${recordedColumns}, seq, prev_hash, hash`;

export const toRecorded = ({ id, at, owner, order_id, sequence, body }: EventRow): Recorded => ({
  id,
  at: instant(at),
  owner,
  order: order_id,
  sequence,
  event: body,
});

export interface SealedRow extends EventRow {
  readonly seq: number;
  readonly prev_hash: string;
  readonly hash: string;
}

export const toSealed = (row: SealedRow): Sealed => ({
  ...toRecorded(row),
  seq: row.seq,
  prevHash: row.prev_hash,
  hash: row.hash,
});
