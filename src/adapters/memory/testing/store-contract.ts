import { after, afterEach, before, beforeEach, describe } from "node:test";
import type { Opened } from "./contract-ground.ts";
import { findingContract } from "./finding-contract.ts";
import { keepingContract } from "./keeping-contract.ts";
import { seeingContract } from "./seeing-contract.ts";
import { standingContract } from "./standing-contract.ts";
import { writingContract } from "./writing-contract.ts";

/** How a store is tested: `start` and `stop` once, `open` an empty one for each test. */
export interface Opener {
  start?(): Promise<void>;
  open(): Promise<Opened>;
  stop?(): Promise<void>;
}

/** What every store promises, whatever it is made of. */
export function storeContract(name: string, opener: Opener): void {
  void describe(`store: ${name}`, () => {
    let opened: Opened;
    before(() => opener.start?.());
    after(() => opener.stop?.());
    beforeEach(async () => {
      opened = await opener.open();
      await opened.store.load();
    });
    afterEach(() => opened.store.close());

    const at = (): Opened => opened;
    writingContract(at);
    seeingContract(at);
    standingContract(at);
    findingContract(at);
    keepingContract(at);
  });
}
