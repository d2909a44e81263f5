import type { Rng } from "../../../src/kernel/rng.ts";
import type { Field } from "./field.ts";
import { add, apart, dot, NearIndex, polar, times, type Vec } from "./plane.ts";

/** Two streets count as parallel within this angle (its cosine). */
const parallel = Math.cos((38 * Math.PI) / 180);
const step = 10;
/** Where the field turns more than this within a step, two quarters meet: a street ends there (its cosine). */
const sharpest = Math.cos((28 * Math.PI) / 180);

interface Sample {
  readonly at: Vec;
  readonly along: Vec;
}

/** Where a street passes, so that the next one keeps its distance from those that run the same way. */
export class Spread {
  readonly #samples = new NearIndex<Sample>(60);

  keep(line: readonly Vec[]): void {
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1]!, line[i]!];
      const far = apart(a, b);
      if (far === 0) continue;
      const along: Vec = [(b[0] - a[0]) / far, (b[1] - a[1]) / far];
      for (let at = 0; at <= far; at += step)
        this.#samples.add(add(a, times(along, at)), { at: add(a, times(along, at)), along });
    }
  }

  /** Whether a street through `p` towards `along` comes closer than `gap` metres to a parallel one. */
  crowded(p: Vec, along: Vec, gap: number): boolean {
    let close = false;
    this.#samples.visit(p, p, gap, (sample) => {
      if (!close && Math.abs(dot(sample.along, along)) > parallel && apart(sample.at, p) < gap) close = true;
    });
    return close;
  }
}

export interface Growth {
  readonly field: Field;
  readonly spread: Spread;
  /** Whether a street of this kind may pass here. */
  allowed(p: Vec): boolean;
  readonly seeds: readonly Vec[];
  /** Streets shorter than this are not worth keeping. */
  readonly shortest: number;
}

/**
 * Evenly spaced streets along the field and across it. New ones start beside those already there, one spacing off, and
 * stop where they come too near to a parallel street (Jobard and Lefer, 1997).
 */
export function growStreets(growth: Growth, rng: Rng): Vec[][] {
  const lines: Vec[][] = [];
  const open: { at: Vec; across: boolean }[] = [];
  const tryAt = (at: Vec, across: boolean): void => {
    const line = streamline(growth, at, across);
    if (line === null) return;
    growth.spread.keep(line);
    lines.push(line);
    for (let i = 0; i < line.length; i += 4) {
      const turn = growth.field.angle(line[i]!) + (across ? 0 : Math.PI / 2);
      const gap = gapAt(growth, line[i]!, across) * rng.between(1.0, 1.15);
      open.push({ at: add(line[i]!, polar(turn, gap)), across }, { at: add(line[i]!, polar(turn, -gap)), across });
    }
  };
  let next = 0;
  for (const seed of growth.seeds) {
    tryAt(seed, false);
    tryAt(seed, true);
    for (; next < open.length; next++) tryAt(open[next]!.at, open[next]!.across);
  }
  return lines;
}

const gapAt = (growth: Growth, p: Vec, across: boolean): number =>
  growth.field.spacing(p) * (across ? growth.field.stretch(p) : 1);

function streamline(growth: Growth, start: Vec, across: boolean): Vec[] | null {
  if (!growth.allowed(start)) return null;
  const along = polar(growth.field.angle(start) + (across ? Math.PI / 2 : 0), 1);
  if (growth.spread.crowded(start, along, gapAt(growth, start, across) * 0.9)) return null;
  const ahead = follow(growth, start, along, across);
  const behind = follow(growth, start, times(along, -1), across);
  const line = [...behind.reverse(), start, ...ahead];
  return (line.length - 1) * step < growth.shortest ? null : line;
}

function follow(growth: Growth, start: Vec, towards: Vec, across: boolean): Vec[] {
  const line: Vec[] = [];
  let [at, heading] = [start, towards];
  for (let steps = 0; steps < 400; steps++) {
    const next = headingAt(growth.field, add(at, times(heading, step / 2)), heading, across);
    if (dot(next, heading) < sharpest) break;
    heading = next;
    at = add(at, times(heading, step));
    if (!growth.allowed(at)) break;
    if (growth.spread.crowded(at, heading, gapAt(growth, at, across) * 0.55)) break;
    if (steps > 12 && apart(at, start) < gapAt(growth, at, across) * 0.6) break;
    line.push(at);
  }
  return line;
}

/** The field has no front: of its two directions, the one that goes on. */
function headingAt(field: Field, p: Vec, before: Vec, across: boolean): Vec {
  const next = polar(field.angle(p) + (across ? Math.PI / 2 : 0), 1);
  return dot(next, before) < 0 ? times(next, -1) : next;
}
