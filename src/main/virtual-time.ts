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
    this.#settle();
    this.#paused = true;
    clearTimeout(this.#timer);
  }

  play(speed: number): void {
    this.#settle();
    this.#speed = speed;
    this.#paused = false;
    this.#arm();
  }

  /** Plays `by_ms` of virtual time at sixty times the wall, then stands still. */
  async step(by_ms: number): Promise<void> {
    const until = instant(this.now() + by_ms);
    const speed = this.#speed;
    this.play(60);
    await new Promise<void>((resolve) => this.at(until, resolve));
    this.#settle();
    this.#speed = speed;
    this.pause();
  }

  stop(): void {
    this.pause();
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
