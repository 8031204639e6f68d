import type { Context } from "./definition.ts";
import type { Scope } from "./system.ts";
import { type Properties, reveal } from "./value.ts";

/** What the lifecycle knows of a call, beside its scope. */
export type Known = Pick<Context, "replaces" | "adopts" | "refreshing" | "isOthers"> & {
  urn: string | undefined;
  inputs: Properties;
  outputs: Properties;
};

/** A class for its getters: few resources ask for the state, so only then is it taken out of what wraps it. */
export class CallContext implements Context {
  readonly signal: Scope["signal"];
  readonly deadline: number;
  readonly log: Scope["log"];
  readonly quiet: boolean;
  declare readonly urn?: string;
  readonly replaces: string | undefined;
  readonly adopts: boolean;
  readonly refreshing: boolean;
  readonly isOthers: (id: string) => boolean;
  readonly unfinished: ReadonlySet<string>;
  readonly #inputs: Properties;
  readonly #outputs: Properties;
  #state: Properties | undefined;
  #stateInputs: Properties | undefined;

  constructor({ signal, deadline, log, quiet }: Scope, known: Known) {
    this.signal = signal;
    this.deadline = deadline;
    this.log = log;
    this.quiet = quiet;
    if (known.urn !== undefined) this.urn = known.urn;
    this.replaces = known.replaces;
    this.adopts = known.adopts;
    this.refreshing = known.refreshing;
    this.isOthers = known.isOthers;
    this.#inputs = known.inputs;
    this.#outputs = known.outputs;
    const steps = reveal(known.outputs.unfinished ?? []);
    this.unfinished = Array.isArray(steps) && steps.length > 0 ? new Set(steps.map(String)) : none;
  }

  get state(): Properties {
    this.#state ??= reveal(this.#outputs) as Properties;
    return this.#state;
  }

  get stateInputs(): Properties {
    this.#stateInputs ??= reveal(this.#inputs) as Properties;
    return this.#stateInputs;
  }
}

const none: ReadonlySet<string> = new Set();
