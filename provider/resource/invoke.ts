import { check, type Failure, wrapSecrets } from "./check.ts";
import { hideSecrets } from "./conceal.ts";
import type { ProviderFunction } from "./definition.ts";
import { fieldOf, fieldsOf } from "./fields.ts";
import type { Session } from "./session.ts";
import { type Properties, reveal, withoutUndefined } from "./value.ts";

/** Calls a function of the provider: bad arguments are failures with their path, all else that goes wrong is an error. */
export async function invoke(
  definition: ProviderFunction,
  session: Session,
  args: Properties,
): Promise<{ outputs: Properties; failures: Failure[] }> {
  const { inputs, failures } = check(definition.inputs, args);
  if (failures.length > 0)
    return { outputs: {}, failures: hideSecrets(fieldsOf(definition.inputs), args, failures) };
  const scope = session.scope(undefined, undefined);
  const api = session.connection(definition.connect).client(scope, "read");
  const outputs = withoutUndefined(await definition.call(api, reveal(inputs) as Properties, scope));
  return {
    outputs: wrapSecrets(fieldOf(definition.outputs), outputs, undefined) as Properties,
    failures: [],
  };
}
