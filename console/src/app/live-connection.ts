import { pathTo, type ClockView } from "../../../src/doors/api/contract.ts";
import { reach, streamHeaders } from "./api.ts";
import { EventStreamParser } from "./event-stream.ts";
import { afterMessage, nothingYet, SILENCE, type LiveState } from "./live-state.ts";

export interface Connected {
  readonly state: LiveState;
  readonly connected: boolean;
  readonly heardAt: number | null;
}

/** The longest wait between two tries, milliseconds. */
const LONGEST_WAIT = 15_000;

/**
 * The one live stream of the page: opens it, goes on after the last event when it breaks off, and tells listeners at most once
 * a frame. `fetch` rather than EventSource: that one can neither say on whose behalf it asks nor be told that silence is death.
 */
export class LiveConnection {
  #connected: Connected = { state: nothingYet, connected: false, heardAt: null };
  #listeners = new Set<() => void>();
  #abort: AbortController | null = null;
  #closed = false;
  #lastEventId: string | null = null;
  #failures = 0;
  #frame = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Connected => this.#connected;

  open(): void {
    this.#closed = false;
    void this.#run();
  }

  close(): void {
    this.#closed = true;
    this.#abort?.abort();
  }

  /** The clock's state as the door answered it to a change: sooner than the stream will tell it. */
  told(clock: ClockView): void {
    this.#set({ state: { ...this.#connected.state, clock } });
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      await this.#readOnce().catch(() => undefined); // whatever broke it, the answer is to try again, and to say so
      if (this.#closed) return;
      this.#set({ connected: false });
      const wait = Math.min(LONGEST_WAIT, 500 * 2 ** this.#failures++);
      await new Promise((resolve) => setTimeout(resolve, wait * (0.7 + 0.6 * Math.random())));
    }
  }

  async #readOnce(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    let watch = setTimeout(() => abort.abort(), SILENCE);
    try {
      const response = await reach(pathTo("liveStream"), {
        headers: streamHeaders(this.#lastEventId),
        signal: abort.signal,
      });
      // The network may have begun another day since: its clock is believed anew.
      this.#set({ state: { ...this.#connected.state, clock: null } });
      const parser = new EventStreamParser(this.#lastEventId);
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        clearTimeout(watch);
        watch = setTimeout(() => abort.abort(), SILENCE);
        this.#failures = 0;
        this.#take(parser, part.value);
      }
    } finally {
      clearTimeout(watch);
      abort.abort();
    }
  }

  #take(parser: EventStreamParser, text: string): void {
    const at = performance.now();
    let { state } = this.#connected;
    for (const message of parser.push(text)) {
      this.#lastEventId = message.id;
      state = afterMessage(state, message, at);
    }
    this.#set({ state, connected: true, heardAt: at });
  }

  #set(change: Partial<Connected>): void {
    this.#connected = { ...this.#connected, ...change };
    if (this.#frame !== 0) return;
    // A hidden page draws no frames; a timer serves both.
    this.#frame = window.setTimeout(() => {
      this.#frame = 0;
      for (const listener of this.#listeners) listener();
    }, 16);
  }
}
