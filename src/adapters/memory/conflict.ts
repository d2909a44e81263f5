/** Why a store did not take a batch. Trying the same batch again never helps. */
export type ConflictCode =
  /** An order's events must follow its last stored one without a gap, and none may come twice. */
  | "SEQUENCE_BROKEN"
  /** Another order of the shipper has this reference. */
  | "REFERENCE_TAKEN"
  /** The participant's key already has an answer. */
  | "ANSWER_KEPT"
  /** An event said to be handled does not wait in the inbox: somebody has handled it before. */
  | "NOT_WAITING"
  /** Attempts, decisions, postings and outcomes are written once. */
  | "WRITTEN_BEFORE"
  /** Something in it can never be stored: too long for an index, a character that has no place, a rule of the schema. */
  | "NOT_STORABLE"
  /** Another process has loaded this store since: what is in memory here is no longer the truth. */
  | "LEASE_LOST";

/** The store refuses a batch and has written nothing of it. */
export class StoreConflict extends Error {
  override readonly name = "StoreConflict";
  readonly code: ConflictCode;

  constructor(code: ConflictCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A page was asked for after something that is no cursor of ours. */
export class BadCursor extends Error {
  override readonly name = "BadCursor";
}
