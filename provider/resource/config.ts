import { check, type Failure, unrecognized } from "./check.ts";
import { hideSecrets } from "./conceal.ts";
import { type Field, fieldsOf } from "./fields.ts";
import type { System } from "./system.ts";
import { containsUnknown, type Properties, reveal, type Value } from "./value.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** One configuration key of a system: `endpoint` is `hyperstoreEndpoint` to Pulumi, `HYPERSTORE_ENDPOINT` to a shell. */
export interface ConfigKey {
  name: string;
  key: string;
  variable: string;
  field: Field;
}

export const configKeys = (system: System): ConfigKey[] =>
  Object.entries(fieldsOf(system.config)).map(([name, field]) => ({
    name,
    key: `${system.name}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    variable: `${system.environment}_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`,
    field,
  }));

/** A system's configuration from Pulumi's flat arguments, completed from the environment; or what is wrong with it. */
export function readConfig(
  system: System,
  args: Properties,
  env: Environment,
): { config: Properties; given: boolean; failures: Failure[] } {
  const keys = configKeys(system);
  const values: Properties = {};
  for (const { name, key, variable, field } of keys) {
    const value = args[key] ?? env[variable];
    if (value !== undefined && value !== "") values[name] = decoded(field, value);
  }
  const { inputs, failures } = check(system.config, values);
  const flat = failures.map((failure) => {
    const at = keys.find(({ name }) => name === failure.property);
    return at
      ? { ...failure, property: at.key, reason: `${failure.reason}; set it there or in ${at.variable}` }
      : failure;
  });
  return { config: inputs, given: keys.some(({ key }) => args[key] !== undefined), failures: flat };
}

/** What is wrong with the provider's configuration. A system of which the program configures nothing is nobody's business yet. */
export function checkConfig(systems: readonly System[], args: Properties, env: Environment): Failure[] {
  const fields = Object.fromEntries(systems.flatMap(configKeys).map(({ key, field }) => [key, field]));
  const keys = Object.keys(fields);
  const unknownKeys = Object.keys(args).filter((key) => !keys.includes(key) && key !== "version");
  const failures = [
    ...unknownKeys.map((key) => unrecognized(key, keys, [])),
    ...systems.flatMap((system) => {
      const { given, failures } = readConfig(system, args, env);
      return given ? failures : [];
    }),
  ];
  return hideSecrets(fields, args, failures);
}

/** Configuration reaches a provider as strings, whatever its type in the schema. */
function decoded(field: Field, value: Value): Value {
  const bare = reveal(value);
  if (typeof bare !== "string" || containsUnknown(value)) return bare;
  if (field.shape.kind === "string" || field.shape.kind === "enum") return bare;
  try {
    return JSON.parse(bare) as Value;
  } catch {
    return bare;
  }
}
