import type { Resource } from "../resource/definition.ts";

/** The documentation blocks that Pulumi's registry shows for a resource: how to write it in each language, how to import it. */
export function exampleUsage(definition: Resource): string {
  const { token, example } = definition;
  const [, module = "", kind = ""] = token.split(":");
  const name = kind.charAt(0).toLowerCase() + kind.slice(1);
  const decided = Object.fromEntries(
    Object.keys(definition.outputs.shape).map((key) => [key, key.toUpperCase()]),
  );
  const typescript = [
    'import * as tenantry from "pulumi-tenantry";',
    "",
    `const ${name} = new tenantry.${module}.${kind}("${name}", ${literal(example, ": ", identity, "true")});`,
  ];
  const python = [
    "import pulumi_tenantry as tenantry",
    "",
    `${snake(name)} = tenantry.${module}.${kind}("${name}",`,
    ...Object.entries(example).map(
      ([key, value]) => `    ${snake(key)}=${literal(value, ": ", snake, "True")},`,
    ),
    ")",
  ];
  const yaml = [
    "resources:",
    `  ${name}:`,
    `    type: ${token}`,
    "    properties:",
    ...Object.entries(example).map(([key, value]) => `      ${key}: ${JSON.stringify(value)}`),
  ];
  return [
    "{{% examples %}}",
    "## Example Usage",
    "{{% example %}}",
    ...fence("typescript", typescript),
    ...fence("python", python),
    ...fence("yaml", yaml),
    "{{% /example %}}",
    "{{% /examples %}}",
    "",
    "## Import",
    "",
    ...fence("sh", [`$ pulumi import ${token} ${name} '${definition.id({ ...decided, ...example })}'`]),
  ].join("\n");
}

const fence = (language: string, lines: string[]) => [`\`\`\`${language}`, ...lines, "```"];

function literal(value: unknown, colon: string, rename: (key: string) => string, yes: string): string {
  if (typeof value === "boolean") return value ? yes : yes === "True" ? "False" : "false";
  if (Array.isArray(value)) return `[${value.map((each) => literal(each, colon, rename, yes)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const quote = yes === "True" ? (key: string) => JSON.stringify(key) : (key: string) => key;
  const entries = Object.entries(value).map(
    ([key, each]) => `${quote(rename(key))}${colon}${literal(each, colon, rename, yes)}`,
  );
  return `{ ${entries.join(", ")} }`;
}

const identity = (key: string) => key;
const snake = (name: string) => name.replace(/[A-Z]+/g, (upper) => `_${upper.toLowerCase()}`);
