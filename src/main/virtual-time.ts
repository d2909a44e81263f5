import { setImmediate as turn } from "node:timers/promises";
import { instant, later, type Instant } from "../kernel/quantity.ts";
import { Alarms, type Scheduler } from "./scheduler.ts";

/**
 * Time that only moves when everything has come to rest: the next alarm rings when no work is held and every promise that could go on
 * has gone on. So a day takes as long as its computing, and the same seed gives the same day.
 */
export class VirtualTime implements Scheduler {
  readonly #alarms = new Alarms();
  #now: Instant;
  #held = 0;

  constructor(start: Instant) {
    this.#now = start;
  }

  now(): Instant {
    return this.#now;
  }

  at(when: Instant, act: () => void): () => void {
    return this.#alarms.set(when < this.#now ? this.#now : when, act);
  }

  hold(): () => void {
    this.#held++;
    let released = false;
    return () => {
      if (!released) this.#held--;
      released = true;
    };
  }

  /** Lets time pass until `end`, ringing every alarm up to and including it. */
  async run(end: Instant): Promise<void> {
    for (;;) {
      await this.#rest();
      const alarm = this.#alarms.take(end);
      if (!alarm) break;
      this.#now = alarm.when;
      alarm.act();
    }
    this.#now = later(this.#now, end);
  }

  async #rest(): Promise<void> {
    do await turn();
    while (this.#held > 0);
  }
}

/** How fast the demo's clock may run, and runs while it is stepped. */
const fastest = 60;

/**
 * The demo's clock: virtual time that follows the wall at a speed, can stand still, and can be stepped. Unlike `VirtualTime` it does
 * not wait for the world: answers over the loopback take real time.
 */
export class DemoTime implements Scheduler {
  readonly #alarms = new Alarms();
  #base: Instant;
  #since = performance.now();
  #speed: number;
  #paused = false;
  /** Ends the step under way; null when there is none. */
  #endStep: (() => void) | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(start: Instant, speed: number) {
    this.#base = start;
    this.#speed = speed;
    this.#arm();
  }

  now(): Instant {
    const passed = this.#paused ? 0 : (performance.now() - this.#since) * this.#speed;
    return instant(Math.floor(this.#base + passed));
  }

  at(when: Instant, act: () => void): () => void {
    const cancel = this.#alarms.set(when, act);
    this.#arm();
    return cancel;
  }

  hold(): () => void {
    return () => undefined;
  }

  state(): { now: Instant; speed: number; paused: boolean } {
    return { now: this.now(), speed: this.#speed, paused: this.#paused };
  }

  pause(): void {
    this.#endStep?.();
    this.#halt();
  }

  play(speed: number): void {
    this.#endStep?.();
    this.#go(speed);
  }

  /**
   * Plays `by_ms` of virtual time at sixty times the wall, then stands still. Resolves when it does; whoever pauses, plays or steps
   * meanwhile ends this step where it is.
   */
  step(by_ms: number): Promise<void> {
    this.#endStep?.();
    const usual = this.#speed;
    const until = instant(this.now() + by_ms);
    this.#go(fastest);
    return new Promise((resolve) => {
      const end = (): void => {
        this.#endStep = null;
        cancel();
        this.#halt();
        this.#speed = usual;
        resolve();
      };
      this.#endStep = end;
      const cancel = this.at(until, end);
    });
  }

  stop(): void {
    this.pause();
  }

  #halt(): void {
    this.#settle();
    this.#paused = true;
    clearTimeout(this.#timer);
  }

  #go(speed: number): void {
    this.#settle();
    this.#speed = speed;
    this.#paused = false;
    this.#arm();
  }

  #settle(): void {
    this.#base = this.now();
    this.#since = performance.now();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.#paused ? null : this.#alarms.next();
    if (next === null) return;
    this.#timer = setTimeout(() => this.#ring(), Math.min(60_000, Math.max(0, (next - this.now()) / this.#speed)));
  }

  #ring(): void {
    const now = this.now();
    for (let alarm = this.#alarms.take(now); alarm; alarm = this.#alarms.take(now)) alarm.act();
    this.#arm();
  }
}
