// The program of every test stack: makes what program.json declares, with the generated SDK.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const pulumi = require("@pulumi/pulumi");
const tenantry = require("pulumi-tenantry");
const { Client } = require("./client.cjs");

/** Types that are no resources or functions of the provider. */
const others = { provider: tenantry.Provider, client: Client };
const made = {};

/** "${name.property}", or a property of a property, anywhere in a value is that output; { $secret } a secret; { $after, value } a value known with it. */
function resolved(value) {
  if (typeof value === "string") {
    const [, name, property] = /^\$\{([^.]+)\.([\w.]+)\}$/.exec(value) ?? [];
    return name ? property.split(".").reduce((of, key) => of[key], made[name]) : value;
  }
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== "object" || value === null) return value;
  if ("$secret" in value) return pulumi.secret(resolved(value.$secret));
  if ("$after" in value) return pulumi.output(resolved(value.$after)).apply(() => resolved(value.value));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each)]));
}

function optionsOf({ provider, parent, dependsOn, ...options } = {}) {
  return {
    ...options,
    ...(provider && { provider: made[provider] }),
    ...(parent && { parent: made[parent] }),
    ...(dependsOn && { dependsOn: dependsOn.map((name) => made[name]) }),
  };
}

const program = JSON.parse(readFileSync(join(process.cwd(), "program.json"), "utf8"));
for (const { type, name, args = {}, options, unchecked, export: outputs = [] } of program) {
  const [kind, module = "hyperstore"] = type.split(":").reverse();
  const Kind = others[type] ?? tenantry[module][kind];
  if (unchecked)
    made[name] = new pulumi.CustomResource(
      `tenantry:${module}:${kind}`,
      name,
      resolved(args),
      optionsOf(options),
    );
  else if (/^(get|list)[A-Z]/.test(kind))
    made[name] = tenantry[module][`${kind}Output`](resolved(args), optionsOf(options));
  else made[name] = new Kind(name, resolved(args), optionsOf(options));
  for (const property of outputs) exports[`${name}_${property}`] = made[name][property];
}
