import type { Purpose, Secrets, Vault } from "../../commons/governance/ports.ts";
import type { Scope, SealedRecord, VaultStore } from "../../domain/index.ts";
import type { SubjectId } from "../../kernel/id.ts";
import type { Cipher } from "./cipher.ts";
import { OpenedRecords } from "./opened-records.ts";

/** Somebody looked at personal data: whose, what for, and which of it there was. */
export interface Opened {
  readonly scope: Scope;
  readonly purpose: Purpose;
  readonly kind: keyof Secrets;
  readonly records: readonly Pick<SealedRecord, "subject" | "owner">[];
}

export interface VaultParts {
  readonly cipher: Cipher;
  readonly store: VaultStore;
  /** Told of every opening; its content is given out once this has resolved. */
  readonly opened?: (opened: Opened) => Promise<void>;
  /** How many bytes of opened records are kept at hand; 8 MB, some 5,000 names and addresses, unless said otherwise. */
  readonly atHand_bytes?: number;
}

/** The vault over a store: seals in memory, opens what the store lets the scope have. */
export function openVault({
  cipher,
  store,
  opened = () => Promise.resolve(),
  atHand_bytes = 8_000_000,
}: VaultParts): Vault {
  const records = new OpenedRecords(atHand_bytes);
  return {
    seal: (kind, subject, owner, content, at) => cipher.seal({ subject, owner, kind, content, createdAt: at }),
    async open<K extends keyof Secrets>(scope: Scope, purpose: Purpose, kind: K, subjects: readonly SubjectId[]) {
      const contents = new Map<SubjectId, Secrets[K]>();
      const sealed = (await store.sealed(scope, subjects)).filter((record) => record.kind === kind);
      await opened({ scope, purpose, kind, records: sealed });
      for (const record of sealed) contents.set(record.subject, records.get(record, cipher.open) as Secrets[K]);
      return contents;
    },
    async forget(scope, subject) {
      const gone = await store.forget(scope, subject);
      if (gone) records.forget(subject);
      return gone;
    },
  };
}
