import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Partner } from "./partners.ts";

/** What is known of a partner beyond its orders: which numbers were used, and how far of the feed it has been told. */
interface State {
  /** The last control number that was given out. */
  readonly control: number;
  /** The feed position up to which everything was told; null: nothing yet, begin at the feed's end. */
  readonly position: number | null;
  /** The event that was being told, under its number: told again after a crash, it has the same number. */
  readonly telling: { readonly position: number; readonly control: number } | null;
}

const mostControl = 999_999_999;

/** A partner's folder: `in` for its files, `out` for ours, `done` and `refused` for what came, and the numbers that were used. */
export class PartnerFolder {
  readonly path: string;
  #state: State;
  /** One writer at a time. */
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(path: string, state: State) {
    this.path = path;
    this.#state = state;
  }

  static async open(root: string, { id }: Partner): Promise<PartnerFolder> {
    const path = join(root, id);
    for (const name of ["in", "out", "done", "refused"]) await mkdir(join(path, name), { recursive: true });
    const text = await readFile(join(path, "state.json"), "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    const state: State = text === null ? { control: 0, position: null, telling: null } : (JSON.parse(text) as State);
    return new PartnerFolder(path, state);
  }

  get position(): number | null {
    return this.#state.position;
  }

  /** A number that was never given out: on the disk before it is used, so that a crash leaves a gap and no number twice. */
  nextControl(): Promise<number> {
    return this.#alone(async () => {
      const control = (this.#state.control % mostControl) + 1;
      await this.#save({ ...this.#state, control });
      return control;
    });
  }

  /** The number for telling what happened at `position`: the same one again after a crash. */
  controlFor(position: number): Promise<number> {
    return this.#alone(async () => {
      if (this.#state.telling?.position === position) return this.#state.telling.control;
      const control = (this.#state.control % mostControl) + 1;
      await this.#save({ ...this.#state, control, telling: { position, control } });
      return control;
    });
  }

  /** Everything up to `position` is told. */
  told(position: number): Promise<void> {
    return this.#alone(() => this.#save({ ...this.#state, position, telling: null }));
  }

  /** Whole or not at all: what reads the folder never sees half a file. */
  async write(folder: "out" | "done" | "refused", name: string, bytes: Uint8Array | string): Promise<void> {
    await writeWhole(join(this.path, folder, name), bytes);
  }

  async #save(state: State): Promise<void> {
    await writeWhole(join(this.path, "state.json"), JSON.stringify(state));
    this.#state = state;
  }

  #alone<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#writing.then(work, work);
    this.#writing = done.catch(() => undefined);
    return done;
  }
}

async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  const half = join(path, "..", `.${path.slice(path.lastIndexOf("/") + 1)}.part`);
  const file = await open(half, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(half, path);
}

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
