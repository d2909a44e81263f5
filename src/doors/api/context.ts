import type { FastifyReply, FastifyRequest } from "fastify";
import type { Accounts, SecretBox, SignedIn } from "../../commons/governance/ports.ts";
import type { ApiKey, Participant, Permission, Scope } from "../../domain/index.ts";
import type { ParticipantId } from "../../kernel/id.ts";
import type { Body, Mapping, Params, Query, RouteName } from "./contract.ts";
import type { RunningEdi } from "../edi/index.ts";
import type { Poster } from "../feeds/index.ts";
import type { PlatformLinks } from "../links.ts";
import type { SolveDesk } from "../solve/index.ts";
import type { Network } from "../network.ts";
import { Refused } from "./problems.ts";

/** What the door is built from. `main` gives it. */
export interface ApiParts {
  readonly network: Network;
  readonly accounts: Accounts;
  readonly secrets: SecretBox;
  /** The platforms' accounts; null in the demo, whose platforms are simulators. */
  readonly links: PlatformLinks | null;
  /** Where routing problems are solved. */
  readonly desk: SolveDesk;
  /** How others' JSON becomes orders, by the name in the address; left out where nothing is named. */
  readonly mappings?: ReadonlyMap<string, Mapping>;
  /** Takes X12 and EDIFACT; left out where no partners are named. */
  readonly edi?: Pick<RunningEdi, "receive">;
  /** The built console (`console/dist`); one clear page is shown when nothing is built. */
  readonly consoleFolder: string;
  /** Without a slash at its end, e.g. `http://localhost:8080`. */
  readonly publicUrl: string;
  /** Whether X-Forwarded-* is believed. */
  readonly trustProxy: boolean;
  /** Certificate chain and key in PEM; left out: plain HTTP, as behind a proxy. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly version: string;
  /** Problem lines and our own mistakes; null: silent. */
  readonly log: { error(facts: object, text: string): void; info(facts: object, text: string): void } | null;
  /** Says to which addresses events may be sent. */
  readonly poster: Pick<Poster, "refusal">;
  /** Requests per minute and caller; a benchmark raises it. */
  readonly requestsPerMinute?: number;
  /** Checks every JSON answer against the contract; for tests. */
  readonly checkAnswers?: boolean;
}

/** Who asks, once it is known. */
export interface Caller {
  readonly scope: Scope;
  readonly how: "key" | "session";
  readonly signedIn: SignedIn | null;
  readonly key: ApiKey | null;
}

/** What handlers share beside the parts. */
export interface Api extends ApiParts {
  /** Every participant by id, at most two seconds old: names are public inside the network. */
  directory(): Promise<ReadonlyMap<ParticipantId, Participant>>;
}

/** A request whose parts were checked against the contract. */
export interface Asked<N extends RouteName> {
  readonly params: Params<N>;
  readonly query: Query<N>;
  readonly body: Body<N>;
  readonly scope: Scope;
  readonly caller: Caller;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Looks at names as the network itself: organisations' names are known to all members. */
export const directoryScope: Scope = { viewer: "network", by: "api:directory", may: [] };

/** The participant to act for: the viewer, or the one the operator names. */
export function actingFor(
  scope: Scope,
  named: ParticipantId | undefined,
  missing: "SHIPPER_MISSING" | "CARRIER_MISSING",
): ParticipantId {
  if (scope.viewer !== "network") {
    if (named !== undefined && named !== scope.viewer) throw new Refused({ code: "NOT_YOUR_PARTICIPANT" });
    return scope.viewer;
  }
  if (named === undefined) throw new Refused({ code: missing });
  return named;
}

export function onlyOperator(scope: Scope): void {
  if (scope.viewer !== "network") throw new Refused({ code: "OPERATOR_ONLY" });
}

export function needs(scope: Scope, permission: Permission): void {
  if (!scope.may.includes(permission)) throw new Refused({ code: "NOT_PERMITTED", permission });
}
