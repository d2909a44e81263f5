import {
  Connection,
  type ConnectorParts,
  type PlatformAccount,
  type PlatformKind,
} from "../adapters/connectors/index.ts";
import type { SecretBox } from "../commons/governance/ports.ts";
import { journeyScope, sees, type Link, type Reads, type Registry, type Scope } from "../domain/index.ts";
import type { LinkRefusal, LinkRequest, LinkTest, PlatformLinks } from "../doors/links.ts";
import type { PlatformConnector } from "../journey/dispatch/ports.ts";
import type { ParticipantId } from "../kernel/id.ts";
import { ok, refuse, type Result } from "../kernel/result.ts";

export interface LinksParts {
  readonly reads: Pick<Reads, "participants">;
  readonly registry: Pick<Registry, "links" | "saveLink" | "removeLink">;
  readonly secrets: SecretBox;
  readonly kinds: readonly PlatformKind[];
  /** What every connector is given. */
  readonly connector: ConnectorParts;
  /** The connectors in use: those of links come and go in here while the network runs. */
  readonly connectors: Map<ParticipantId, PlatformConnector>;
  /** How many deliveries a carrier has under way. */
  readonly underway: (carrier: ParticipantId) => number;
}

type Told<Value> = Promise<Result<Value, LinkRefusal>>;

/** No platform gives a delivery such an id. */
const nobodys = "milepool-connection-test";

/** Platforms' accounts in the registry, each with its connector among those in use. */
export class Links implements PlatformLinks {
  readonly platforms: PlatformLinks["platforms"];
  readonly #parts: LinksParts;

  private constructor(parts: LinksParts) {
    this.#parts = parts;
    this.platforms = parts.kinds.map(({ platform, name, credentials, baseUrl }) => ({
      platform,
      name,
      credentials,
      baseUrl,
    }));
  }

  /** Takes up every link there is. A link of a platform that this version does not know stays unused. */
  static async open(parts: LinksParts): Promise<Links> {
    const links = new Links(parts);
    for (const link of await parts.registry.links(journeyScope)) links.#connect(link);
    return links;
  }

  list(scope: Scope): Promise<readonly Link[]> {
    return this.#parts.registry.links(scope);
  }

  async link(scope: Scope, participant: ParticipantId, request: LinkRequest): Told<Link> {
    const kind = await this.#kindOf(scope, participant);
    if (!kind) return refuse({ code: "NOT_A_PLATFORM", known: this.#parts.kinds.map(({ platform }) => platform) });
    if (await this.#found(scope, participant)) return refuse({ code: "LINKED_ALREADY" });
    return this.#save(scope, kind, request, { participant, linkedAt: this.#parts.connector.clock.now() });
  }

  async change(scope: Scope, participant: ParticipantId, changes: Partial<LinkRequest>): Told<Link> {
    const link = await this.#found(scope, participant);
    const kind = link && this.#kind(link.platform);
    if (!link || !kind) return refuse({ code: "LINK_NOT_FOUND" });
    const { credentials, baseUrl, fallbackPhone } = this.#account(link);
    const request = { baseUrl, fallbackPhone, ...changes, credentials: { ...credentials, ...changes.credentials } };
    return this.#save(scope, kind, request, link);
  }

  async test(scope: Scope, participant: ParticipantId): Told<LinkTest> {
    const link = await this.#found(scope, participant);
    const kind = link && this.#kind(link.platform);
    if (!link || !kind) return refuse({ code: "LINK_NOT_FOUND" });
    const { clock } = this.#parts.connector;
    const since = clock.now();
    // A connector of its own: it must ask for a new token, and the health of the one in use stays true.
    const told = await kind.connect(this.#parts.connector, this.#account(link)).get(nobodys);
    const latency_ms = clock.now() - since;
    if ("kind" in told) return ok({ works: false, why: told.reason, latency_ms });
    const works = told.ok || told.refusal.code === "UNKNOWN_DELIVERY";
    return ok({ works, why: works ? null : told.refusal.words, latency_ms });
  }

  async unlink(scope: Scope, participant: ParticipantId): Told<null> {
    const link = await this.#found(scope, participant);
    if (!link) return refuse({ code: "LINK_NOT_FOUND" });
    const deliveries = this.#parts.underway(participant);
    if (deliveries > 0) return refuse({ code: "LINK_IN_USE", deliveries });
    await this.#parts.registry.removeLink(scope, participant);
    this.#parts.connectors.delete(participant);
    return ok(null);
  }

  async #save(
    scope: Scope,
    kind: PlatformKind,
    request: LinkRequest,
    { participant, linkedAt }: Pick<Link, "participant" | "linkedAt">,
  ): Told<Link> {
    const { registry, secrets, connector } = this.#parts;
    const wrong = accountWrong(kind, request);
    if (wrong) return refuse(wrong);
    const link: Link = {
      participant,
      platform: kind.platform,
      sealedCredentials: secrets.seal(JSON.stringify(request.credentials)),
      baseUrl: request.baseUrl,
      fallbackPhone: request.fallbackPhone,
      linkedAt,
      changedAt: connector.clock.now(),
      changedBy: scope.by,
    };
    await registry.saveLink(scope, link);
    this.#connect(link);
    return ok(link);
  }

  #connect(link: Link): void {
    const { connector, connectors } = this.#parts;
    const [kind, live] = [this.#kind(link.platform), connectors.get(link.participant)];
    if (!kind) return;
    if (live instanceof Connection && live.kind === kind) live.rotate(this.#account(link));
    else connectors.set(link.participant, new Connection(kind, connector, this.#account(link)));
  }

  #account({ sealedCredentials, baseUrl, fallbackPhone }: Link): PlatformAccount {
    const credentials = JSON.parse(this.#parts.secrets.open(sealedCredentials)) as PlatformAccount["credentials"];
    return { credentials, baseUrl, fallbackPhone };
  }

  async #found(scope: Scope, participant: ParticipantId): Promise<Link | undefined> {
    return (await this.list(scope)).find((link) => link.participant === participant);
  }

  #kind(platform: string): PlatformKind | undefined {
    return this.#parts.kinds.find((kind) => kind.platform === platform);
  }

  /** By which protocol a participant is spoken to, when the scope may link it at all. */
  async #kindOf(scope: Scope, id: ParticipantId): Promise<PlatformKind | undefined> {
    const participants = sees(scope, id) ? await this.#parts.reads.participants(journeyScope) : [];
    const carriage = participants.find((one) => one.id === id)?.carriage;
    return carriage?.kind === "platform" ? this.#kind(carriage.connector) : undefined;
  }
}

/** The first credential that is missing, or that the platform does not have. */
function accountWrong(
  { credentials: expected, baseUrl: own }: PlatformKind,
  { credentials, baseUrl }: LinkRequest,
): LinkRefusal | null {
  if (own === null && baseUrl === null) return { code: "ADDRESS_NEEDED", field: "baseUrl" };
  const missing = expected.find((name) => !credentials[name]);
  const wrong = missing ?? Object.keys(credentials).find((name) => !expected.includes(name));
  return wrong === undefined ? null : { code: "CREDENTIALS_WRONG", field: `credentials.${wrong}`, expected };
}
