import type { Context, WriteContext } from "./definition.ts";
import { ignoring } from "./diff.ts";
import { AlreadyExists, isUnsettled, messageOf, PartialFailure, ProviderError } from "./errors.ts";
import { fieldsOf } from "./fields.ts";
import type { Kind } from "./kind.ts";
import { project } from "./project.ts";
import { rejectOtherSystem } from "./read.ts";
import type { AnyCall, CreateRequest, UpdateRequest } from "./requests.ts";
import { containsUnknown, type Properties, reveal } from "./value.ts";

export async function createResource(
  kind: Kind,
  { news, preview, ...call }: CreateRequest,
): Promise<{ id: string; outputs: Properties }> {
  rejectMissing(kind, news);
  if (preview) {
    await rejectUnsupportedPlan(kind, call, news);
    return { id: "", outputs: kind.planned(news) };
  }
  const want = reveal(news) as Properties;
  const { ctx, api, fingerprint } = kind.open(call);
  await rejectUnsupported(kind, api, undefined, want);
  return record(kind, call, news, ctx, await systemOf(kind, undefined, fingerprint), async (writing) => {
    try {
      return await kind.definition.create(api, want, writing);
    } catch (error) {
      if (!(error instanceof AlreadyExists)) throw error;
      if (!kind.session.adopts) throw new ProviderError("exists", existsMessage(kind, error, ctx));
      return adopt(kind, api, error.id, want, writing);
    }
  });
}

export async function updateResource(
  kind: Kind,
  { news, preview, ignoreChanges = [], ...request }: UpdateRequest,
): Promise<Properties> {
  if (preview) {
    await rejectUnsupportedPlan(kind, request, news);
    const { outputs = {} } = request;
    const { planned = () => outputs } = kind.definition;
    return kind.planned(news, planned(outputs, kind.inputsOf(request), news));
  }
  const { id } = request;
  const { ctx, api, fingerprint } = kind.open(request);
  const system = await systemOf(kind, id, fingerprint);
  rejectOtherSystem(kind, id, ctx, system);
  // Only the server knows what differs: the state may stem from a call that failed half-way.
  const found = await kind.snapshot(api, id, ctx).catch((error) => {
    throw kind.failure(error, id);
  });
  if (!found)
    throw new ProviderError(
      "refused",
      `${kind.label} "${id}" is no longer there: pulumi up --refresh makes it again`,
    );
  // The engine puts back what the state has at ignored paths, and somebody else may have changed it since.
  const theirs = project(kind.inputField, found.inputs, ctx.stateInputs as Properties);
  const want = ignoring(ignoreChanges, reveal(news), theirs) as Properties;
  await rejectUnsupported(kind, api, id, want);
  const { outputs } = await record(kind, request, news, ctx, system, (writing) =>
    kind.definition.update(api, id, want, found, writing),
  );
  return outputs;
}

async function rejectUnsupported(
  kind: Kind,
  api: unknown,
  id: string | undefined,
  want: Properties,
): Promise<void> {
  const reason = await kind.definition.unsupported?.(api, want).catch((error) => {
    throw kind.failure(error, id);
  });
  if (reason !== undefined) throw new ProviderError("refused", `${kind.label}: ${reason}`);
}

/** A plan of what the system cannot have is refused; where the system cannot be asked, only the run itself will tell. */
async function rejectUnsupportedPlan(kind: Kind, call: AnyCall, news: Properties): Promise<void> {
  if (!kind.definition.unsupported || containsUnknown(news)) return;
  const { api, ctx } = kind.open(call, { refreshing: true });
  await rejectUnsupported(kind, api, call.id, reveal(news) as Properties).catch((error) => {
    if (error instanceof ProviderError && error.code === "refused") throw error;
    ctx.log(`whether ${kind.label} is possible here could not be asked: ${messageOf(error)}`, "warn");
  });
}

/** Not before: what an import does not show may be missing in a program for an object that exists. */
function rejectMissing({ definition, label }: Kind, news: Properties): void {
  for (const [key, { traits }] of Object.entries(fieldsOf(definition.inputs)))
    if (traits.neededToCreate && news[key] === undefined)
      throw new ProviderError(
        "invalid",
        `${label}: ${key} is required to create it; only an imported one may leave it out`,
      );
}

/** With `TENANTRY_ADOPT=1`, for this run alone: brings what exists to the inputs, and it is ours from here on. */
async function adopt(
  kind: Kind,
  api: unknown,
  id: string,
  want: Properties,
  ctx: WriteContext,
): Promise<object> {
  const found = await kind.snapshot(api, id, ctx);
  if (!found) throw new Error(`"${id}" exists, says the server, but cannot be read`);
  const { steps = [] } = kind.definition;
  ctx.created(
    id,
    found.outputs,
    steps.filter((name) => want[name] !== undefined),
  );
  ctx.log(`${kind.label} "${id}" existed already and is adopted, because TENANTRY_ADOPT=1`, "warn");
  return kind.definition.update(api, id, want, found, ctx);
}

/** Runs the writes of one call so that what they have made so far reaches the state, however it ends. */
async function record(
  kind: Kind,
  { id: heldId, urn, outputs: olds }: AnyCall,
  inputs: Properties,
  ctx: Context,
  system: string,
  run: (ctx: WriteContext) => Promise<object>,
): Promise<{ id: string; outputs: Properties }> {
  let madeId = heldId;
  let made: object = kind.decidedIn(olds);
  const unfinished = new Set(ctx.unfinished);
  const note = (id: string) => {
    madeId = id;
    kind.hold(urn, id);
    if (heldId === undefined) kind.session.made.add(kind.madeKey(urn, id));
  };
  const stateWith = (outputs: object) => {
    const steps = unfinished.size > 0 ? { unfinished: [...unfinished] } : {};
    return kind.stateOf(inputs, { ...outputs, system, ...steps });
  };
  const writing: WriteContext = {
    ...ctx,
    state: ctx.state,
    stateInputs: ctx.stateInputs,
    created(id, outputs = {}, steps = []) {
      note(id);
      made = { ...made, ...outputs };
      for (const step of steps) unfinished.add(step);
    },
    updated(outputs) {
      made = { ...made, ...outputs };
    },
    async step(name, task) {
      unfinished.add(name);
      const result = await task().catch((error) => {
        // What others made owes us no step.
        if (error instanceof AlreadyExists) unfinished.delete(name);
        throw error;
      });
      unfinished.delete(name);
      return result;
    },
  };
  try {
    const outputs = await run(writing);
    made = outputs;
    const id = madeId ?? kind.definition.id({ ...(reveal(inputs) as Properties), ...outputs });
    note(id);
    if (unfinished.size > 0) throw new Error(`not finished: ${[...unfinished].join(", ")}`);
    return { id, outputs: stateWith(outputs) };
  } catch (error) {
    // A request that nobody knows the outcome of may have made the object: only with its id in the state is it looked for.
    const id = madeId ?? (isUnsettled(error) ? kind.idFrom(reveal(inputs) as Properties) : undefined);
    if (id === undefined) throw kind.failure(error, undefined);
    throw new PartialFailure(id, { inputs, outputs: stateWith(made) }, kind.failure(error, id));
  }
}

const systemOf = (kind: Kind, id: string | undefined, fingerprint: () => Promise<string>) =>
  fingerprint().catch((error) => {
    throw kind.failure(error, id);
  });

function existsMessage(
  { label, definition }: Kind,
  { id, message }: AlreadyExists,
  { urn, replaces }: Context,
): string {
  const exists = `${label} "${id}" exists already (${message}).`;
  if (replaces !== undefined)
    return `${exists} Its replacement cannot exist beside it: set the resource option deleteBeforeReplace if it may be deleted first.`;
  const adoption = "take over all that exists already in this one run: TENANTRY_ADOPT=1 pulumi up";
  // `--replace` and `taint` ask us nothing beforehand, so that their create looks like any other.
  const replacement = "or, if this is to replace it, set the resource option deleteBeforeReplace";
  // Without a URN this is a dynamic provider, which Pulumi cannot import into.
  if (urn === undefined) return `${exists} If it is yours, ${adoption}\n${replacement}`;
  const name = urn.split("::").at(-1);
  return `${exists} If it is yours, import it: pulumi import ${definition.token} ${name} '${id}'\nor ${adoption}\n${replacement}`;
}
