import {
  sees,
  type ApiKey,
  type Endpoint,
  type KeptRoadReport,
  type Link,
  type Registry,
  type Scope,
  type WebhookTry,
} from "../../domain/index.ts";
import { invariant } from "../../kernel/invariant.ts";
import type { Id, ParticipantId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/quantity.ts";
import { byId } from "./indexes.ts";

const owns = (scope: Scope, owner: ParticipantId | "network"): boolean =>
  owner === "network" ? scope.viewer === "network" : sees(scope, owner);

/** Keys, webhook endpoints, links, and reports on the roads, in memory. Writing another's is our own mistake and throws. */
export class MemoryRegistry implements Registry {
  readonly #keys = new Map<string, ApiKey>();
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #tries: WebhookTry[] = [];
  readonly #links = new Map<ParticipantId, Link>();
  readonly #roadReports = new Map<string, KeptRoadReport>();

  async keyByHash(hash: string): Promise<ApiKey | null> {
    return [...this.#keys.values()].find((key) => key.hash === hash) ?? null;
  }

  async keys(scope: Scope): Promise<readonly ApiKey[]> {
    return [...this.#keys.values()].filter(({ participant }) => owns(scope, participant)).sort(byId);
  }

  async saveKey(scope: Scope, key: ApiKey): Promise<void> {
    const owner = this.#keys.get(key.id)?.participant ?? key.participant;
    invariant(owner === key.participant && owns(scope, owner), `${scope.viewer} may not write key ${key.id}`);
    this.#keys.set(key.id, key);
  }

  async endpoints(scope: Scope): Promise<readonly Endpoint[]> {
    return [...this.#endpoints.values()].filter(({ participant }) => owns(scope, participant)).sort(byId);
  }

  async saveEndpoint(scope: Scope, endpoint: Endpoint): Promise<void> {
    const owner = this.#endpoints.get(endpoint.id)?.participant ?? endpoint.participant;
    invariant(owner === endpoint.participant && owns(scope, owner), `${scope.viewer} may not write ${endpoint.id}`);
    this.#endpoints.set(endpoint.id, endpoint);
  }

  async removeEndpoint(scope: Scope, id: Id<"endpoint">): Promise<boolean> {
    return this.#mine(scope, id) && this.#endpoints.delete(id);
  }

  async recordTry(scope: Scope, attempt: WebhookTry): Promise<void> {
    invariant(this.#mine(scope, attempt.endpoint), `${scope.viewer} may not write tries of ${attempt.endpoint}`);
    this.#tries.push(attempt);
  }

  async tries(scope: Scope, endpoint: Id<"endpoint">, limit: number): Promise<readonly WebhookTry[]> {
    if (!this.#mine(scope, endpoint)) return [];
    return this.#tries
      .filter((attempt) => attempt.endpoint === endpoint)
      .slice(-limit)
      .reverse();
  }

  async links(scope: Scope): Promise<readonly Link[]> {
    const seen = [...this.#links.values()].filter(({ participant }) => sees(scope, participant));
    return seen.sort((a, b) => (a.participant < b.participant ? -1 : 1));
  }

  async saveLink(scope: Scope, link: Link): Promise<void> {
    invariant(sees(scope, link.participant), `${scope.viewer} may not link ${link.participant}`);
    this.#links.set(link.participant, link);
  }

  async removeLink(scope: Scope, participant: ParticipantId): Promise<boolean> {
    return sees(scope, participant) && this.#links.delete(participant);
  }

  async roadReports(): Promise<readonly KeptRoadReport[]> {
    return [...this.#roadReports.values()].sort((a, b) => (a.source < b.source ? -1 : 1));
  }

  async saveRoadReport(report: KeptRoadReport, now: Instant): Promise<void> {
    for (const { source, validUntil } of this.#roadReports.values())
      if (validUntil <= now) this.#roadReports.delete(source);
    this.#roadReports.set(report.source, report);
  }

  #mine(scope: Scope, id: Id<"endpoint">): boolean {
    const endpoint = this.#endpoints.get(id);
    return endpoint !== undefined && owns(scope, endpoint.participant);
  }
}
