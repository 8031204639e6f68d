import * as z from "zod";
import type { Checked } from "./check.ts";
import { ProviderError } from "./errors.ts";
import type { Scope, System } from "./system.ts";
import type { Properties } from "./value.ts";

/** What a call of a resource may use beside its client. */
export interface Context<O = Record<string, unknown>> extends Scope {
  /** Absent where the host knows none (dynamic providers). */
  urn?: string;
  /**
   * The id that the state holds under this URN, so that a create is its replacement; "" where the engine does not tell
   * it (a replacement trigger). `--replace` and `taint` do not even tell that there is one.
   */
  replaces: string | undefined;
  /** True in a run that takes over what exists already (`TENANTRY_ADOPT=1`). */
  adopts: boolean;
  /** In a refresh or an import, which may be answered from a list that this run has read before its first write. */
  refreshing: boolean;
  /** Whether this run knows an object of this kind as another resource's, so that this one must not take it over. */
  isOthers(id: string): boolean;
  /** The outputs that the state holds, for what only the state remembers. */
  state: Partial<O>;
  /** Inputs that the state holds, in plain. */
  stateInputs: Record<string, unknown>;
  /** Steps of an earlier call that did not finish. */
  unfinished: ReadonlySet<string>;
}

export interface WriteContext<O = Record<string, unknown>> extends Context<O> {
  /** Says that the object exists from here on; `steps` are those whose effect cannot be read back and that are still to do. */
  created(id: string, outputs?: Partial<O>, steps?: readonly string[]): void;
  /** Adds to the outputs that reach the state should a later request fail. */
  updated(outputs: Partial<O>): void;
  /** Runs a step whose effect cannot be read back; it counts as unfinished until it has succeeded. */
  step<T>(name: string, run: () => Promise<T>): Promise<T>;
}

/** An object as the server has it. */
export interface Snapshot<I, O> {
  inputs: I;
  outputs: O;
  /** The vendor's own form of it, for an update that must send the whole object back. */
  raw?: unknown;
}

/** A resource: its fields, and what the five calls mean at the vendor. Everything else is derived from it. */
export interface Definition<I extends z.ZodObject, O extends z.ZodObject, Client> {
  /** `tenantry:<system>:<Kind>` */
  token: string;
  describe: string;
  /** The inputs of a small, complete example: for the documentation. */
  example: z.input<I>;
  inputs: I;
  /** Only what the server decides. */
  outputs: O;
  connect: System<Client>;
  /** What the provider's configuration makes of inputs that are valid by themselves. */
  configured?(inputs: Properties, config: Properties): Checked;
  /** Enough, alone, to read the object back. */
  id(all: z.output<I> & Partial<z.output<O>>): string;
  /** It stands for something that always exists, and that is set rather than made: see `settings`. */
  alwaysExists?: true;
  /** What can exist only once in the system, where that is less than the id: it decides between delete and create first. */
  unique?(all: z.output<I> & Partial<z.output<O>>): string;
  /**
   * The inputs of the state, with the names that the program has for what an import could name only by its id, and with
   * the server's choices that the program repeats.
   */
  named?(held: { inputs: Properties; outputs: Properties }, news: Properties): Properties;
  /**
   * The outputs as a plan is to show them: without those, or with `unknown` for those, that the update will choose anew,
   * so that what depends on them is planned too.
   */
  planned?(outputs: Properties, was: Properties, want: Properties): Properties;
  /** What two resources of one program must not both manage, whatever their kinds. */
  claims?(inputs: z.output<I>): Claim[];
  /**
   * Inputs that no read shows and that an update writes in a step of their name. An adoption that fails still owes those
   * that the program gives.
   */
  steps?: readonly string[];
  /** Why this system cannot have it, with what to do. Asked at preview, and before a create or an update. */
  unsupported?(api: Client, want: z.output<I>): Promise<string | undefined>;
  /** Throws `AlreadyExists` rather than take over an object that it did not make. */
  create(api: Client, want: z.output<I>, ctx: WriteContext<z.output<O>>): Promise<z.output<O>>;
  /** The object as the server has it now; undefined when the server says that there is none. */
  read(
    api: Client,
    id: string,
    ctx: Context<z.output<O>>,
  ): Promise<Snapshot<z.input<I>, z.output<O>> | undefined>;
  /** `was` is what `read` has just answered. */
  update(
    api: Client,
    id: string,
    want: z.output<I>,
    was: Snapshot<z.output<I>, z.output<O>>,
    ctx: WriteContext<z.output<O>>,
  ): Promise<z.output<O>>;
  /** Something already gone is a success. Returns when it is really gone. */
  delete(api: Client, id: string, ctx: Context<z.output<O>>): Promise<void>;
}

export interface Claim {
  /** As in "the caps of user ada", for the message too. */
  thing: string;
  /** Nobody else may have a part of it. Without it, those who have a part each keep to their own. */
  whole: boolean;
}

export type Resource = Definition<z.ZodObject, z.ZodObject, unknown>;

/** What the lifecycle adds to every resource's outputs. */
export const commonOutputs = z.object({
  system: z
    .string()
    .describe(
      "What identifies the system that holds the object, so that another system never makes it look deleted.",
    ),
  unfinished: z
    .array(z.string())
    .optional()
    .describe("Steps of the last create or update that did not succeed yet; the next `pulumi up` does them."),
});

export function resource<I extends z.ZodObject, O extends z.ZodObject, Client>(
  definition: Definition<I, O, Client>,
): Definition<I, O, Client> {
  return definition;
}

/** A read-only function. */
export interface FunctionDefinition<I extends z.ZodObject, O extends z.ZodObject, Client> {
  token: string;
  describe: string;
  inputs: I;
  outputs: O;
  connect: System<Client>;
  call(api: Client, args: z.output<I>, ctx: Scope): Promise<z.output<O>>;
}

export type ProviderFunction = FunctionDefinition<z.ZodObject, z.ZodObject, unknown>;

export function providerFunction<I extends z.ZodObject, O extends z.ZodObject, Client>(
  definition: FunctionDefinition<I, O, Client>,
): FunctionDefinition<I, O, Client> {
  return definition;
}

export interface Catalog {
  resources: readonly Resource[];
  functions: readonly ProviderFunction[];
}

/** Ids join their parts with "/", each percent-encoded. */
export function joinId(...parts: (string | undefined)[]): string {
  return parts.map((part) => encodeURIComponent(part ?? missing())).join("/");
}

function missing(): never {
  throw new Error("a part of the id is not known");
}

export function splitId<Names extends string>(id: string, ...names: Names[]): Record<Names, string> {
  const parts = id.split("/").map(decoded);
  if (parts.length !== names.length || parts.some((part) => part === ""))
    throw new ProviderError(
      "invalid",
      `the id "${id}" is not of the form ${names.join("/")}, each part percent-encoded`,
    );
  return Object.fromEntries(names.map((name, index) => [name, parts[index]])) as Record<Names, string>;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
