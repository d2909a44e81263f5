import type { Contact, Goods, Proof, Scope, SealedRecord } from "../../domain/index.ts";
import type { ParticipantId, SubjectId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/quantity.ts";

export type * from "./accounts.ts";

/** What a courier's record holds. */
export interface CourierPerson {
  readonly name: string;
  readonly phone: string | null;
}

/** What the vault keeps, by kind. */
export interface Secrets {
  readonly contact: Contact;
  readonly goods: Goods;
  readonly proof: Proof;
  readonly courier: CourierPerson;
}

/** Why personal data is opened. Written with every opening. */
export type Purpose = "carry" | "support" | "export" | "hot_state";

/**
 * Personal data at rest: each subject has a key of its own, wrapped by the network's key in `MILEPOOL_HOME`. `seal` only encrypts:
 * the record is stored by the transaction that refers to it.
 */
export interface Vault {
  seal<K extends keyof Secrets>(
    kind: K,
    subject: SubjectId,
    owner: ParticipantId,
    content: Secrets[K],
    at: Instant,
  ): SealedRecord;
  /** Null where the subject was forgotten or the scope may not see it. */
  open<K extends keyof Secrets>(
    scope: Scope,
    purpose: Purpose,
    kind: K,
    subjects: readonly SubjectId[],
  ): Promise<ReadonlyMap<SubjectId, Secrets[K]>>;
  forget(scope: Scope, subject: SubjectId): Promise<boolean>;
}
