import type {
  ApiKey,
  Endpoint,
  KeptRoadReport,
  Link,
  Permission,
  Registry,
  Scope,
  WebhookTry,
} from "../../domain/index.ts";
import { invariant } from "../../kernel/invariant.ts";
import type { EventId, Id, ParticipantId } from "../../kernel/id.ts";
import { instant, type Instant } from "../../kernel/quantity.ts";
import { rows, type Queryable } from "./database.ts";

/** Keys, webhook endpoints, links, and reports on the roads. Writing another's is our own mistake and throws. */
export class PostgresRegistry implements Registry {
  readonly #on: Queryable;

  constructor(on: Queryable) {
    this.#on = on;
  }

  async keyByHash(hash: string): Promise<ApiKey | null> {
    const found = await rows<KeyRow>(this.#on, "select * from api_keys where hash = $1", [hash]);
    return found.map(toKey)[0] ?? null;
  }

  async keys({ viewer }: Scope): Promise<readonly ApiKey[]> {
    const sql = `select * from api_keys where $1 = 'network' or participant = $1 order by id collate "C"`;
    return (await rows<KeyRow>(this.#on, sql, [viewer])).map(toKey);
  }

  async saveKey(scope: Scope, key: ApiKey): Promise<void> {
    const { rowCount } = await this.#on.query(
      `insert into api_keys as known (id, participant, name, hash, may, created_at, revoked_at)
       select $1, $2, $3, $4, $5, $6, $7 where $8 = 'network' or $8 = $2
       on conflict (id) do update set name = excluded.name, hash = excluded.hash, may = excluded.may, revoked_at = excluded.revoked_at
         where known.participant = excluded.participant`,
      [key.id, key.participant, key.name, key.hash, key.may, key.createdAt, key.revokedAt, scope.viewer],
    );
    invariant(rowCount === 1, `${scope.viewer} may not write key ${key.id}`);
  }

  async endpoints({ viewer }: Scope): Promise<readonly Endpoint[]> {
    const sql = `select * from endpoints where $1 = 'network' or participant = $1 order by id collate "C"`;
    return (await rows<EndpointRow>(this.#on, sql, [viewer])).map(toEndpoint);
  }

  async saveEndpoint(scope: Scope, endpoint: Endpoint): Promise<void> {
    const { id, participant, url, sealedSecret, form, active, position, failures, retryAt, createdAt } = endpoint;
    const { rowCount } = await this.#on.query(
      `insert into endpoints as known (id, participant, url, sealed_secret, form, active, position, failures, retry_at, created_at)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 where $11 = 'network' or $11 = $2
       on conflict (id) do update set url = excluded.url, sealed_secret = excluded.sealed_secret, active = excluded.active,
         position = excluded.position, failures = excluded.failures, retry_at = excluded.retry_at
         where known.participant = excluded.participant`,
      [
        id,
        participant,
        url,
        Buffer.from(sealedSecret),
        form,
        active,
        position,
        failures,
        retryAt,
        createdAt,
        scope.viewer,
      ],
    );
    invariant(rowCount === 1, `${scope.viewer} may not write ${id}`);
  }

  async removeEndpoint({ viewer }: Scope, id: Id<"endpoint">): Promise<boolean> {
    const sql = "delete from endpoints where id = $1 and ($2 = 'network' or participant = $2)";
    return (await this.#on.query(sql, [id, viewer])).rowCount === 1;
  }

  async recordTry({ viewer }: Scope, { endpoint, event, position, at, status, error }: WebhookTry): Promise<void> {
    const { rowCount } = await this.#on.query(
      `insert into webhook_tries (endpoint, event, position, at, status, error)
       select id, $2, $3, $4, $5, $6 from endpoints where id = $1 and ($7 = 'network' or participant = $7)`,
      [endpoint, event, position, at, status, error, viewer],
    );
    invariant(rowCount === 1, `${viewer} may not write tries of ${endpoint}`);
  }

  async tries({ viewer }: Scope, endpoint: Id<"endpoint">, limit: number): Promise<readonly WebhookTry[]> {
    const found = await rows<TryRow>(
      this.#on,
      `select tries.* from webhook_tries as tries join endpoints on endpoints.id = tries.endpoint
       where endpoint = $1 and ($2 = 'network' or participant = $2) order by number desc limit $3`,
      [endpoint, viewer, limit],
    );
    return found.map(toTry);
  }

  async links({ viewer }: Scope): Promise<readonly Link[]> {
    const sql = `select * from links where $1 = 'network' or participant = $1 order by participant collate "C"`;
    return (await rows<LinkRow>(this.#on, sql, [viewer])).map(toLink);
  }

  async saveLink({ viewer }: Scope, link: Link): Promise<void> {
    const { participant, platform, sealedCredentials, baseUrl, fallbackPhone, linkedAt, changedAt, changedBy } = link;
    const { rowCount } = await this.#on.query(
      `insert into links (participant, platform, sealed_credentials, base_url, fallback_phone, linked_at, changed_at, changed_by)
       select $1, $2, $3, $4, $5, $6, $7, $8 where $9 = 'network' or $9 = $1
       on conflict (participant) do update set platform = excluded.platform, sealed_credentials = excluded.sealed_credentials,
         base_url = excluded.base_url, fallback_phone = excluded.fallback_phone, changed_at = excluded.changed_at,
         changed_by = excluded.changed_by`,
      [
        participant,
        platform,
        Buffer.from(sealedCredentials),
        baseUrl,
        fallbackPhone,
        linkedAt,
        changedAt,
        changedBy,
        viewer,
      ],
    );
    invariant(rowCount === 1, `${viewer} may not link ${participant}`);
  }

  async removeLink({ viewer }: Scope, participant: ParticipantId): Promise<boolean> {
    const sql = "delete from links where participant = $1 and ($2 = 'network' or participant = $2)";
    return (await this.#on.query(sql, [participant, viewer])).rowCount === 1;
  }

  async roadReports(): Promise<readonly KeptRoadReport[]> {
    const found = await rows<ReportRow>(this.#on, `select * from road_reports order by source collate "C"`, []);
    return found.map(({ source, valid_until, report }) => ({
      source,
      validUntil: instant(Number(valid_until)),
      report,
    }));
  }

  async saveRoadReport({ source, validUntil, report }: KeptRoadReport, now: Instant): Promise<void> {
    await this.#on.query(
      `with over as (delete from road_reports where valid_until <= $4 and source <> $1)
       insert into road_reports (source, valid_until, report) values ($1, $2, $3)
       on conflict (source) do update set valid_until = excluded.valid_until, report = excluded.report`,
      [source, validUntil, JSON.stringify(report), now],
    );
  }
}

interface ReportRow {
  readonly source: string;
  readonly valid_until: string;
  readonly report: unknown;
}

interface KeyRow {
  readonly id: Id<"key">;
  readonly participant: ParticipantId | "network";
  readonly name: string;
  readonly hash: string;
  readonly may: readonly Permission[];
  readonly created_at: number;
  readonly revoked_at: number | null;
}

const toKey = ({ id, participant, name, hash, may, created_at, revoked_at }: KeyRow): ApiKey => ({
  id,
  participant,
  name,
  hash,
  may,
  createdAt: instant(created_at),
  revokedAt: maybe(revoked_at),
});

interface EndpointRow {
  readonly id: Id<"endpoint">;
  readonly participant: ParticipantId;
  readonly url: string;
  readonly sealed_secret: Buffer;
  readonly form: Endpoint["form"];
  readonly active: boolean;
  readonly position: number;
  readonly failures: number;
  readonly retry_at: number | null;
  readonly created_at: number;
}

const toEndpoint = (row: EndpointRow): Endpoint => ({
  id: row.id,
  participant: row.participant,
  url: row.url,
  sealedSecret: row.sealed_secret,
  form: row.form,
  active: row.active,
  position: row.position,
  failures: row.failures,
  retryAt: maybe(row.retry_at),
  createdAt: instant(row.created_at),
});

interface TryRow {
  readonly endpoint: Id<"endpoint">;
  readonly event: EventId;
  readonly position: number;
  readonly at: number;
  readonly status: number | null;
  readonly error: string | null;
}

const toTry = ({ endpoint, event, position, at, status, error }: TryRow): WebhookTry => ({
  endpoint,
  event,
  position,
  at: instant(at),
  status,
  error,
});

interface LinkRow {
  readonly participant: ParticipantId;
  readonly platform: string;
  readonly sealed_credentials: Buffer;
  readonly base_url: string | null;
  readonly fallback_phone: string;
  readonly linked_at: number;
  readonly changed_at: number;
  readonly changed_by: string;
}

const toLink = (row: LinkRow): Link => ({
  participant: row.participant,
  platform: row.platform,
  sealedCredentials: row.sealed_credentials,
  baseUrl: row.base_url,
  fallbackPhone: row.fallback_phone,
  linkedAt: instant(row.linked_at),
  changedAt: instant(row.changed_at),
  changedBy: row.changed_by,
});

const maybe = (at: number | null): Instant | null => (at === null ? null : instant(at));
