import * as pulumi from "@pulumi/pulumi";
import { type Catalog, commonOutputs, type Resource } from "../../resource/definition.ts";
import { fieldsOf } from "../../resource/fields.ts";
import { providerKey } from "./provider.ts";

type ResourceClass = new (
  name: string,
  args: pulumi.Inputs,
  opts?: pulumi.CustomResourceOptions,
) => pulumi.CustomResource;

/** A class for every resource of the catalog, in the module that its token names. Their types are in declarations.ts. */
export function resourceClasses(catalog: Catalog): Record<string, Record<string, ResourceClass>> {
  const modules: Record<string, Record<string, ResourceClass>> = {};
  for (const definition of catalog.resources) {
    const [, module = "", kind = ""] = definition.token.split(":");
    modules[module] = { ...modules[module], [kind]: resourceClass(definition, module, kind) };
  }
  return modules;
}

function resourceClass(definition: Resource, module: string, kind: string): ResourceClass {
  // A property that the program does not set becomes an output only if it is named.
  const { inputs, outputs } = definition;
  const keys = [inputs, outputs, commonOutputs].flatMap((schema) => Object.keys(fieldsOf(schema)));
  const named = Object.fromEntries(keys.map((key) => [key, undefined]));
  const provider = serializedProvider(definition.token);
  return class extends pulumi.CustomResource {
    constructor(name: string, args: pulumi.Inputs, opts: pulumi.CustomResourceOptions = {}) {
      // Pulumi asks a dynamic provider to import without saying which one it is, and fails with a TypeError.
      if (opts.import)
        throw new Error(`${kind} "${name}": dynamic resources cannot be imported; ${insteadOfImport}`);
      super(
        `pulumi-nodejs:dynamic/tenantry/${module}:${kind}`,
        name,
        { ...named, ...args, [providerKey]: provider },
        opts,
      );
    }
  };
}

const insteadOfImport =
  "TENANTRY_ADOPT=1 in the environment of one pulumi up takes over what exists, and the plugin imports";

/**
 * What Pulumi keeps of a provider: the text of a module whose `handler` answers it. `pulumi.dynamic.Resource` would
 * serialise an object of functions to more than 2 KB, in every input and output of every resource, and differently
 * from one release of Pulumi to the next; this is the same contract in one line.
 */
export const serializedProvider = (token: string): string =>
  `exports.handler = () => require("tenantry/dynamic").serve(${JSON.stringify(token)});`;
