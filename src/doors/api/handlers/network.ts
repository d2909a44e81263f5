import { randomInt } from "node:crypto";
import type { ApiKey, Participant, Scope } from "../../../domain/index.ts";
import { newId, type Kind } from "../../../kernel/id.ts";
import { isZone } from "../../../kernel/local-time.ts";
import { toIso } from "../../../kernel/quantity.ts";
import type { Answer, KeyCreated, KeyView, ParticipantView } from "../contract.ts";
import { directoryScope, needs, onlyOperator, type Api, type Asked } from "../context.ts";
import { Refused } from "../problems.ts";
import { isCurrency } from "../requests.ts";
import { isoOrNull } from "../views.ts";
import { hashKey, newKeySecret } from "../who.ts";

/** A new id from the operating system's chance. */
export const freshId = <K extends Kind>(api: Api, kind: K) =>
  newId(kind, api.network.clock.now(), { below: randomInt });

/** Everybody in the network knows who is in it; what somebody's carriage costs is for itself and the operator. */
function participantView(scope: Scope, participant: Participant): ParticipantView {
  const own = scope.viewer === "network" || scope.viewer === participant.id;
  const { id, name, roles, zone, currency, carriage } = participant;
  return { id, name, roles: [...roles], zone, currency, kind: carriage?.kind ?? null, carriage: own ? carriage : null };
}

export async function listParticipants(
  api: Api,
  { scope }: Asked<"listParticipants">,
): Promise<Answer<"listParticipants">> {
  const all = await api.network.reads.participants(directoryScope);
  return { participants: all.map((participant) => participantView(scope, participant)) };
}

export async function joinParticipant(
  api: Api,
  { scope, body, reply }: Asked<"joinParticipant">,
): Promise<ParticipantView> {
  onlyOperator(scope);
  const { city } = api.network;
  if (body.zone !== undefined && !isZone(body.zone))
    throw new Refused({
      code: "FIELD_WRONG",
      field: "zone",
      why: "must be an IANA time zone",
      example: '"Europe/Lisbon"',
    });
  if (body.currency !== undefined && !isCurrency(body.currency))
    throw new Refused({ code: "VALUE_CURRENCY_WRONG", field: "currency", currency: body.currency });
  const carriage = body.carriage ?? null;
  fitting(body.roles, carriage, api.links?.platforms.map(({ platform }) => platform) ?? null);
  if (carriage?.kind === "platform") {
    // Not the directory, which may be two seconds old: who has just joined counts.
    const taken = (await api.network.reads.participants(directoryScope)).some(
      (one) => one.carriage?.kind === "platform" && one.carriage.connector === carriage.connector,
    );
    if (taken)
      throw new Refused({ code: "CONNECTOR_TAKEN", field: "carriage.connector", connector: carriage.connector });
  }
  const participant = await api.network.participants.join(scope, {
    name: body.name.trim(),
    roles: body.roles,
    zone: body.zone ?? city.zone,
    currency: body.currency ?? city.currency,
    carriage,
  });
  void reply.code(201);
  return participantView(scope, participant);
}

/** How somebody carries agrees with its roles; else it would be a carrier that nobody can ask, or hold a connector that it cannot serve. */
function fitting(
  roles: Answer<"joinParticipant">["roles"],
  carriage: Participant["carriage"],
  connectors: readonly string[] | null,
): void {
  const wrong = (field: string, why: string) => new Refused({ code: "FIELD_WRONG", field, why });
  const isPlatform = roles.includes("platform");
  if (isPlatform && carriage?.kind !== "platform")
    throw wrong("carriage", 'must be {"kind": "platform", "connector": "…"} for the role platform');
  if (carriage?.kind === "platform" && !isPlatform) throw wrong("roles", "must name platform for such a carriage");
  if (carriage !== null && carriage.kind !== "platform" && !roles.includes("carrier"))
    throw wrong("roles", "must name carrier for such a carriage");
  if (carriage?.kind === "platform" && connectors !== null && !connectors.includes(carriage.connector))
    throw wrong("carriage.connector", `must be one of ${connectors.join(", ")}`);
}

const keyView = ({ id, participant, name, may, createdAt, revokedAt }: ApiKey): KeyView => ({
  id,
  participant,
  name,
  may: [...may],
  createdAt: toIso(createdAt),
  revokedAt: isoOrNull(revokedAt),
});

export const listKeys = async ({ network }: Api, { scope }: Asked<"listKeys">): Promise<Answer<"listKeys">> => ({
  keys: (await network.registry.keys(scope)).map(keyView),
});

/** A key may do at most what its maker may, and is of somebody who is there: the operator may name anybody. */
export async function createKey(api: Api, { scope, body, reply }: Asked<"createKey">): Promise<KeyCreated> {
  for (const permission of body.may) needs(scope, permission);
  const everybody = await api.network.reads.participants(directoryScope);
  if (scope.viewer !== "network" && !everybody.some(({ id }) => id === scope.viewer))
    throw new Refused({ code: "NOT_YOUR_PARTICIPANT" });
  const secret = newKeySecret();
  const key: ApiKey = {
    id: freshId(api, "key"),
    participant: scope.viewer,
    name: body.name.trim(),
    hash: hashKey(secret),
    may: body.may,
    createdAt: api.network.clock.now(),
    revokedAt: null,
  };
  await api.network.registry.saveKey(scope, key);
  void reply.code(201);
  return { key: keyView(key), secret };
}

export async function revokeKey(api: Api, { scope, params }: Asked<"revokeKey">, forget: () => void): Promise<KeyView> {
  const key = (await api.network.registry.keys(scope)).find(({ id }) => id === params.id);
  if (!key) throw new Refused({ code: "KEY_NOT_FOUND" });
  const revoked: ApiKey = { ...key, revokedAt: key.revokedAt ?? api.network.clock.now() };
  await api.network.registry.saveKey(scope, revoked);
  forget();
  return keyView(revoked);
}
