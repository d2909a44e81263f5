import type { LegId, OrderId, ParticipantId, RequestId } from "../../kernel/id.ts";

/** The platform has cancelled (`done`), or says why it will not. */
export interface CancelAnswered {
  readonly type: "CancelAnswered";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly request: RequestId;
  readonly carrier: ParticipantId;
  readonly done: boolean;
  readonly reason: string | null;
}
