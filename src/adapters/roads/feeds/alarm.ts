/** Rings once after some milliseconds, unless it is taken back by what it answers. */
export type Alarm = (ms: number, ring: () => void) => () => void;

/** Longer waits would ring at once: the runtime counts milliseconds in 31 bits. */
const longest_ms = 2 ** 31 - 1;

/** The wall's; it never keeps the process alive. */
export const wallAlarm: Alarm = (ms, ring) => {
  const timer = setTimeout(ring, Math.min(ms, longest_ms));
  timer.unref();
  return () => clearTimeout(timer);
};
