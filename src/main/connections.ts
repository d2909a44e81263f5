import type { HotState } from "../adapters/memory/hot-state.ts";
import { sees, type Participant, type Scope } from "../domain/index.ts";
import type { Network } from "../doors/network.ts";
import type { PlatformConnector } from "../journey/dispatch/ports.ts";
import type { ParticipantId } from "../kernel/id.ts";
import { ok, refuse } from "../kernel/result.ts";
import type { FactAges } from "./fact-ages.ts";
import type { Reconciliation } from "./reconciliation.ts";
import type { Reports } from "./reports.ts";
import type { SyncAccuracy } from "./sync-accuracy.ts";

type Connectors = ReadonlyMap<ParticipantId, PlatformConnector>;

/** How each platform that the viewer may see fares. */
export const connections = (
  scope: Scope,
  hot: HotState,
  connectors: Connectors,
  ages: FactAges,
  accuracy: SyncAccuracy,
  reconciliation: Reconciliation,
): ReturnType<Network["connections"]> =>
  [...connectors]
    .filter(([id]) => sees(scope, id))
    .map(([id, connector]) => ({
      participant: hot.must("participant", id),
      connector: connector.name,
      version: connector.version ?? null,
      health: connector.health(),
      guard: connector.guard?.() ?? null,
      freshness: ages.view(id),
      accuracy: accuracy.view(id),
      asking: reconciliation.asked(id),
    }));

const linkedAs = (connector: string, participant: Participant | undefined): boolean =>
  participant?.carriage?.kind === "platform" && participant.carriage.connector === connector;

/** A webhook is believed only when its signature is right, and answered only when what it says is stored. */
export const receiving =
  (hot: HotState, connectors: Connectors, reports: Reports): Network["receive"] =>
  async (name, headers, body) => {
    const link = [...connectors].find(([id]) => linkedAs(name, hot.get("participant", id)));
    if (!link) return null;
    const [carrier, connector] = link;
    const read = connector.receive({ headers, body });
    if (!read.ok) return refuse(read.refusal);
    let applied = 0;
    for (const report of read.value) if ((await reports.hear(carrier, report)) !== "nothing new") applied++;
    return ok({ applied });
  };
