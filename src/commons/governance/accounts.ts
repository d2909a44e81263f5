import type { Permission, Scope } from "../../domain/index.ts";
import type { ParticipantId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/quantity.ts";
import type { Result } from "../../kernel/result.ts";

/** A human who signs in. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** False: kept out, nobody signs in under its name. */
  readonly active: boolean;
  /** Its password was made by somebody else and is still in use. */
  readonly passwordHandedOut: boolean;
}

/** For whom a person may act, and how far. `network` is the operator: it may act for every participant. */
export interface Membership {
  readonly participant: ParticipantId | "network";
  readonly may: readonly Permission[];
}

/** A signed-in person. */
export interface SignedIn {
  readonly person: Person;
  readonly memberships: readonly Membership[];
}

/** A new session: the token is the cookie's value. */
export interface NewSession {
  readonly token: string;
  readonly expiresAt: Instant;
}

/** People who may sign in, by e-mail address and password. Machines use API keys, which live in the registry. */
export interface Accounts {
  /** One answer for an unknown address, a wrong password and somebody kept out, after the same time. */
  signIn(email: string, password: string): Promise<Result<NewSession, { readonly code: "WRONG_EMAIL_OR_PASSWORD" }>>;
  /** Null when the token is unknown or has expired. */
  session(token: string): Promise<SignedIn | null>;
  signOut(token: string): Promise<void>;
  /** A session without a password for the first operator: for the demo's door alone, which asks whether it may. */
  demoSession(): Promise<NewSession>;
  /** The people whose memberships the scope sees; of their memberships those alone. */
  people(scope: Scope): Promise<readonly SignedIn[]>;
  /** Whether somebody has this address. */
  knows(email: string): Promise<boolean>;
  /** Lets somebody act for a participant; a new person gets a password, which is in this answer alone. */
  admit(
    email: string,
    name: string,
    membership: Membership,
  ): Promise<{ readonly person: SignedIn; readonly password: string | null }>;
  /** The person with all its memberships, whoever asks; null when there is none. */
  person(id: string): Promise<SignedIn | null>;
  /** A password of the person's own choice. Ends its sessions, everywhere, and begins a new one. */
  changePassword(
    person: string,
    current: string,
    next: string,
  ): Promise<Result<NewSession, { readonly code: "WRONG_PASSWORD" }>>;
  /** A new password made here, in this answer alone. Ends the person's sessions. */
  resetPassword(person: string): Promise<string>;
  /** Lets the person in again, or keeps it out from now on, its open sessions too. */
  setActive(person: string, active: boolean): Promise<void>;
  /** On an empty network: makes the first operator and says the password, once. Null when there is one already. */
  firstAdmin(password: string | null): Promise<{ readonly email: string; readonly password: string } | null>;
  close(): Promise<void>;
}

/** Keeps short secrets (webhook signing secrets) encrypted at rest under the network's key. */
export interface SecretBox {
  seal(secret: string): Uint8Array;
  /** Throws when the bytes were sealed under another key or changed. */
  open(sealed: Uint8Array): string;
}
