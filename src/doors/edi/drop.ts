import { access, readdir, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Scope } from "../../domain/index.ts";
import { endOfFeed } from "../feeds/index.ts";
import type { Network } from "../network.ts";
import { receive, type DeskParts, type FileOutcome } from "./desk.ts";
import { PartnerFolder, sha256 } from "./folder.ts";
import { composeFor, tell } from "./outgoing.ts";
import type { Partner } from "./partners.ts";
import { scopeOf } from "./tenders.ts";
import { bounds, writeInterchange } from "./wire/interchange.ts";

export interface EdiParts extends Omit<DeskParts, "network" | "nextControl"> {
  readonly network: DeskParts["network"] & Pick<Network, "onFeed">;
  /** Where each partner has its folder. */
  readonly root: string;
  /** Told of what went wrong on our side; the pump goes on. */
  readonly log: (what: string, error: unknown) => void;
}

/** The door for interchanges, open. */
export interface RunningEdi {
  /** Takes a file that came another way than by the folder. */
  receive(scope: Scope, bytes: Uint8Array): ReturnType<typeof receive>;
  /** Looks at once, and resolves when all files are taken and everything is told. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

const look_ms = 2000;

/** Opens the door: polls each partner's `in`, and tells each what happened in its `out`. Partners do not wait for each other. */
export async function runEdi(parts: EdiParts): Promise<RunningEdi> {
  const folders = new Map<Partner, PartnerFolder>();
  for (const partner of parts.partners) folders.set(partner, await openFolder(parts, partner));
  const desk: DeskParts = { ...parts, nextControl: (partner) => folders.get(partner)!.nextControl() };
  const stopping = new AbortController();
  const busy = new Map<Partner, Promise<void>>();

  const serve = async (partner: Partner, folder: PartnerFolder): Promise<void> => {
    await takeFiles(desk, partner, folder, stopping.signal);
    await tellNews(parts, partner, folder, stopping.signal);
  };
  const look = (): void => {
    if (stopping.signal.aborted) return;
    for (const [partner, folder] of folders) {
      if (busy.has(partner)) continue;
      const serving = serve(partner, folder)
        .catch((error: unknown) => parts.log(`edi with ${partner.id}`, error))
        .finally(() => busy.delete(partner));
      busy.set(partner, serving);
    }
  };
  const settled = async (): Promise<void> => void (await Promise.all(busy.values()));
  const timer = setInterval(look, look_ms);
  const unlisten = parts.network.onFeed(look);
  look();
  return {
    receive: (scope, bytes) => receive(desk, scope, bytes),
    settle: async () => {
      await settled();
      look();
      await settled();
    },
    stop: async () => {
      stopping.abort();
      clearInterval(timer);
      unlisten();
      await settled();
    },
  };
}

/** Whoever is new hears what happens from now on; so does everybody where the feed is shorter than it was: another day of the demo, or a store from a backup. */
async function openFolder({ root, network }: EdiParts, partner: Partner): Promise<PartnerFolder> {
  const folder = await PartnerFolder.open(root, partner);
  const end = await endOfFeed(network.reads, scopeOf(partner));
  if (folder.position === null || folder.position > end) await folder.told(end);
  return folder;
}

/** Stands for a file that is not even opened. */
const tooLarge = new Uint8Array(bounds.bytes + 1);

/** P1: each file once, in the order of their names; one that is still being written (`.part`, `.tmp`, or a name with a dot before it) is left alone. */
async function takeFiles(desk: DeskParts, partner: Partner, folder: PartnerFolder, ending: AbortSignal): Promise<void> {
  const names = await readdir(join(folder.path, "in"));
  for (const name of names.filter((one) => !/^[.]|[.](part|tmp)$/i.test(one)).toSorted()) {
    if (ending.aborted) return;
    const path = join(folder.path, "in", name);
    const { size, isFile } = await stat(path).then((found) => ({ size: found.size, isFile: found.isFile() }));
    if (isFile) await takeFile(desk, partner, folder, name, size > bounds.bytes ? tooLarge : await readFile(path));
  }
}

/**
 * The answer is written, then the record of what became of the file, then the file moves beside it. After a crash in between, the record
 * says that the file was taken; before the record, taking it again does nothing twice, because tenders are known by their numbers.
 */
async function takeFile(
  desk: DeskParts,
  partner: Partner,
  folder: PartnerFolder,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const from = join(folder.path, "in", name);
  const before = await unfinished(folder, name, sha256(bytes));
  if (before) return rename(from, join(folder.path, before, name));
  const taken = await receive(desk, scopeOf(partner), bytes);
  const outcome: FileOutcome | null = taken.ok ? taken.value : null;
  const isKnown = outcome?.interchanges.some((one) => one.partner !== null) ?? false;
  const to = isKnown ? "done" : "refused";
  const kept = await freeName(folder, to, name);
  if (outcome?.reply) await folder.write("out", `answer-${kept}`, outcome.reply);
  const record = {
    sha256: sha256(bytes),
    ...(taken.ok ? { interchanges: taken.value.interchanges } : { refusal: taken.refusal }),
  };
  await folder.write(to, `${kept}.json`, `${JSON.stringify(record, null, 2)}\n`);
  await rename(from, join(folder.path, to, kept));
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Where the record of exactly this file stands without the file: it was taken, and not moved. */
async function unfinished(folder: PartnerFolder, name: string, hash: string): Promise<"done" | "refused" | null> {
  for (const to of ["done", "refused"] as const) {
    const record = await readFile(join(folder.path, to, `${name}.json`), "utf8").catch(() => null);
    if (record === null || (await isThere(join(folder.path, to, name)))) continue;
    if ((JSON.parse(record) as { readonly sha256: string }).sha256 === hash) return to;
  }
  return null;
}

/** The name, or with a number before it where another file of that name came before. */
async function freeName(folder: PartnerFolder, to: string, name: string): Promise<string> {
  for (let count = 1; ; count++) {
    const free = count === 1 ? name : `${count}-${name}`;
    if (!(await isThere(join(folder.path, to, free)))) return free;
  }
}

/** P2: what happened is told in order, one interchange an event; after a crash the same event goes out under the same number. */
async function tellNews(parts: EdiParts, partner: Partner, folder: PartnerFolder, ending: AbortSignal): Promise<void> {
  const scope = scopeOf(partner);
  let position = folder.position ?? 0;
  while (!ending.aborted) {
    const [next] = await parts.network.reads.feed(scope, position, 1);
    if (!next) break;
    const bodies = await tell(parts, partner, next.event);
    if (bodies.length > 0) {
      const control = await folder.controlFor(next.position);
      const interchange = composeFor(partner, control, parts.network.clock.now(), bodies);
      await folder.write("out", `${String(control).padStart(9, "0")}.edi`, writeInterchange(interchange));
      await folder.told(next.position);
    }
    position = next.position;
  }
  if (position !== folder.position) await folder.told(position);
}
