declare module "undici/lib/util/timers.js" {
  const timers: {
    /** The clock's time in milliseconds. */
    now(): number;
    /** Moves it forward, and ends what is over by then. */
    tick(ms: number): void;
  };
  export default timers;
}
