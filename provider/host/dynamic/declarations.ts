import { type Catalog, commonOutputs, type Resource } from "../../resource/definition.ts";
import { type Field, fieldsOf } from "../../resource/fields.ts";

/**
 * What a program's compiler and editor read of `tenantry/dynamic`: one file, from the definitions. Types inferred
 * from their schemas would drag every file of the provider and its libraries into each user's compilation, and say
 * nothing of what a field means.
 */
export function declarations({ resources }: Catalog): string {
  const modules = new Set(resources.map(moduleOf));
  return [
    'import * as pulumi from "@pulumi/pulumi";',
    "",
    "/** Without what dynamic providers cannot do, or pass over in silence. */",
    'export type Options = Omit<pulumi.CustomResourceOptions, "import" | "customTimeouts">;',
    "",
    ...[...modules].map((name) => {
      const members = resources.filter((each) => moduleOf(each) === name);
      return block(`export declare namespace ${name}`, members.map(resource));
    }),
  ].join("\n");
}

const moduleOf = ({ token }: Resource): string => token.split(":")[1] ?? "";

function resource(definition: Resource): string {
  const kind = definition.token.split(":").at(-1);
  const inputs = fieldsOf(definition.inputs);
  const outputs = { ...inputs, ...fieldsOf(definition.outputs), ...fieldsOf(commonOutputs) };
  return [
    comment(definition.describe),
    block(`export class ${kind} extends pulumi.CustomResource`, [
      `constructor(name: string, args: ${kind}Args, opts?: Options);`,
      ...Object.entries(outputs).map(
        ([key, field]) => `${documented(field)}readonly ${key}: ${output(field)};`,
      ),
    ]),
    block(`export interface ${kind}Args`, members(inputs, args)),
  ].join("");
}

/** One side of a resource: what a program may write, or what it reads. */
interface Side {
  optional(field: Field): boolean;
  type(field: Field): string;
}

/** Any part of an input may be an output of another resource. */
const args: Side = {
  optional: ({ optional }) => optional,
  type: (field) => `pulumi.Input<${structure(field, args)}${orUndefined(args.optional(field))}>`,
};

const results: Side = {
  optional: ({ optional, default: fallback }) => optional && fallback === undefined,
  type: (field) => structure(field, results),
};

const output = (field: Field): string =>
  `pulumi.Output<${results.type(field)}${orUndefined(results.optional(field))}>`;

const orUndefined = (optional: boolean): string => (optional ? " | undefined" : "");

function structure({ shape }: Field, side: Side): string {
  switch (shape.kind) {
    case "array":
      return `Array<${side.type(shape.element)}>`;
    case "record":
      return `{ [key: string]: ${side.type(shape.element)} }`;
    case "object":
      return `{\n${indent(members(shape.fields, side))}\n}`;
    case "enum":
      return shape.values.map((value) => JSON.stringify(value)).join(" | ");
    case "integer":
      return "number";
    default:
      return shape.kind;
  }
}

const members = (fields: Record<string, Field>, side: Side): string[] =>
  Object.entries(fields).map(
    ([key, field]) => `${documented(field)}${key}${side.optional(field) ? "?" : ""}: ${side.type(field)};`,
  );

function documented({ description = "", default: fallback }: Field): string {
  return comment(
    fallback === undefined ? description : `${description} Default: \`${JSON.stringify(fallback)}\`.`,
  );
}

const block = (head: string, parts: string[]): string => `${head} {\n${indent(parts)}\n}\n`;
const indent = (parts: string[]): string =>
  parts
    .join("\n")
    .trimEnd()
    .replace(/^(?=.)/gm, "  ");
const comment = (text: string): string =>
  text.trim() ? `/** ${text.trim().replaceAll("*/", "*\\/").replaceAll("\n", " ")} */\n` : "";
