import fastClock from "undici/lib/util/timers.js";

/**
 * The clock by which undici ends requests and connections. It goes in steps of half a second, so that any shorter
 * time-out takes up to a second. Tests make it go faster rather than wait.
 */
export { fastClock };

/** While `run` is underway, a second of that clock passes in 5 ms. */
export async function hurried<T>(run: () => Promise<T>): Promise<T> {
  const ticking = setInterval(() => fastClock.tick(1000), 5);
  try {
    return await run();
  } finally {
    clearInterval(ticking);
  }
}
