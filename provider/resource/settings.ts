import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { canonical } from "./check.ts";
import type { Context, Definition, Snapshot, WriteContext } from "./definition.ts";
import { AlreadyExists, ProviderError } from "./errors.ts";
import { fieldsOf, writeOnly } from "./fields.ts";
import type { Properties } from "./value.ts";

/** How the output `unfinished` calls the one write. */
const step = "set";

type Found<I extends z.ZodObject, O extends z.ZodObject> = Snapshot<z.output<I>, z.output<O>>;

/** Something that always exists: it is set rather than made, and put back rather than deleted. */
export interface Settings<I extends z.ZodObject, O extends z.ZodObject, Client>
  extends Pick<
    Definition<I, O, Client>,
    | "token"
    | "describe"
    | "example"
    | "inputs"
    | "outputs"
    | "connect"
    | "configured"
    | "claims"
    | "unsupported"
  > {
  id(all: z.output<I>): string;
  /** A third way to delete, besides restoring and keeping: what `onDelete` calls it, and what it does. */
  onDelete?: { name: string; does: string; run(api: Client, id: string, ctx: Context): Promise<void> };
  /**
   * What read shows may be inherited from elsewhere, and nothing tells: so creating the resource sets it even where it
   * looks set already.
   */
  mayBeInherited?: true;
  /** Why a program may not just set it: somebody else seems to. The error says how to take it over all the same. */
  contested?(found: z.output<I>): string | undefined;
  /** As it is now; undefined only where what it is a setting of does not exist. */
  read(api: Client, id: string, ctx: Context): Promise<Snapshot<z.input<I>, z.output<O>> | undefined>;
  /** Sets it; called only where something differs. `was` is what `read` has just answered. */
  write(
    api: Client,
    id: string,
    want: z.output<I>,
    was: Found<I, O>,
    ctx: Context | WriteContext,
  ): Promise<z.output<O>>;
  /** Puts back what was there before, where that takes more than writing it. */
  restore?(api: Client, id: string, previous: z.output<I>, was: Found<I, O>, ctx: Context): Promise<void>;
}

/**
 * The resource of a setting. `create` records what was there before in the output `previous`, and sets it; `delete`
 * restores that, or keeps what is there, as the input `onDelete` says; `read` never says gone while there is
 * something that it can be a setting of.
 */
export function settings<I extends z.ZodObject, O extends z.ZodObject, Client>(
  setting: Settings<I, O, Client>,
): Definition<z.ZodObject, z.ZodObject, Client> {
  const { onDelete, contested, mayBeInherited = false, write, restore = write, ...shared } = setting;
  const kind = `${setting.connect.title} ${setting.token.split(":").at(-1)}`;
  const ways = ["restore", "keep", ...(onDelete ? [onDelete.name] : [])];
  const inputs = setting.inputs.safeExtend({
    onDelete: writeOnly(z.enum(ways))
      .default("restore")
      .describe(
        `What deleting the resource does: \`restore\` puts back what was there when the resource was created or imported, \`keep\` leaves all as it is${onDelete ? `, \`${onDelete.name}\` ${onDelete.does}` : ""}.`,
      ),
  }) as z.ZodObject;
  const previous = z
    .object(setting.inputs.shape)
    .partial()
    .describe("What was there when the resource was created or imported.");

  const fields = fieldsOf(inputs);
  const canonicalOf = (values: unknown): Properties => {
    const plain = values as Properties;
    const checked = canonical(inputs, plain);
    return checked.failures.length === 0 ? checked.inputs : plain;
  };
  async function look(api: Client, id: string, ctx: Context): Promise<Found<I, O> | undefined> {
    const found = await setting.read(api, id, ctx);
    return found && ({ ...found, inputs: canonicalOf(found.inputs) } as Found<I, O>);
  }
  const sameBut = (one: object, other: object) =>
    isDeepStrictEqual({ ...one, onDelete: "" }, { ...other, onDelete: "" });
  /** Whether it was set or is inherited cannot be read back, so a try that failed is made again. */
  function set(api: Client, id: string, want: object, was: Found<I, O>, ctx: WriteContext) {
    const run = () => write(api, id, want as z.output<I>, was, ctx);
    return mayBeInherited ? ctx.step(step, run) : run();
  }

  /** What the program leaves to others is theirs to keep. */
  const leftToOthers = (now: Properties, managed: Properties): Properties =>
    Object.fromEntries(
      Object.entries(now).filter(([key]) => fields[key]?.traits.unmanaged && managed[key] === undefined),
    );

  return {
    ...shared,
    describe: `${setting.describe} It always exists: creating the resource records what was there in \`previous\` and sets it, deleting it restores that (see \`onDelete\`).`,
    inputs,
    outputs: setting.outputs.extend({ previous }) as z.ZodObject,
    alwaysExists: true,
    id: (all) => setting.id(all as z.output<I>),

    async create(api, want, ctx) {
      const id = setting.id(want as z.output<I>);
      const was = await look(api, id, ctx);
      if (!was)
        throw new ProviderError(
          "refused",
          `${kind} "${id}" cannot be set: what it belongs to does not exist. If this program makes that, refer to its outputs, or name it in dependsOn, so that it comes first`,
        );
      const reason = contested?.(was.inputs);
      if (reason !== undefined) throw new AlreadyExists(id, reason);
      const { onDelete: _, ...previous } = was.inputs as Properties;
      // Recorded before anything changes: after a failure nobody could tell any more.
      ctx.created(id, { previous });
      if (sameBut(want, was.inputs) && !mayBeInherited) return { ...was.outputs, previous };
      return { ...(await set(api, id, want, was, ctx)), previous };
    },

    async read(api, id, ctx) {
      const found = await setting.read(api, id, ctx);
      if (!found) return undefined;
      return {
        ...found,
        outputs: { ...found.outputs, previous: ctx.state.previous ?? found.inputs },
      } as Snapshot<Properties, Properties>;
    },

    async update(api, id, want, was, ctx) {
      if (sameBut(want, was.inputs) && !ctx.unfinished.has(step)) return was.outputs;
      const outputs = await set(api, id, want, was as Found<I, O>, ctx);
      return { ...outputs, previous: was.outputs.previous };
    },

    async delete(api, id, ctx) {
      const way = ctx.stateInputs.onDelete ?? "restore";
      if (way === "keep") return;
      if (onDelete && way === onDelete.name) return onDelete.run(api, id, ctx);
      const was = await look(api, id, ctx);
      const before = ctx.state.previous;
      if (!was || before === undefined) return;
      const target = canonicalOf({
        ...(before as Properties),
        ...leftToOthers(was.inputs as Properties, ctx.stateInputs as Properties),
      });
      if (!sameBut(target, was.inputs)) await restore(api, id, target as z.output<I>, was, ctx);
    },
  };
}
