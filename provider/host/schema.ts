import { configKeys } from "../resource/config.ts";
import { type Catalog, commonOutputs, type ProviderFunction, type Resource } from "../resource/definition.ts";
import { type Field, fieldsOf } from "../resource/fields.ts";
import { systemsOf } from "../resource/vendors.ts";
import { exampleUsage } from "./examples.ts";

interface TypeSpec {
  type?: string;
  items?: TypeSpec;
  additionalProperties?: TypeSpec;
  $ref?: string;
}
type PropertySpec = TypeSpec & { description?: string; secret?: true; willReplaceOnChanges?: true };
interface ObjectSpec {
  type?: "object";
  description?: string;
  properties: Record<string, PropertySpec>;
  required: string[];
}
type EnumSpec = { type: "string"; enum: { value: string }[] };
type Types = Record<string, ObjectSpec | EnumSpec>;

/** The package schema that SDKs and documentation are generated from: all of it read off the definitions. */
export function packageSchema(catalog: Catalog, version: string) {
  const types: Types = {};
  const config = Object.fromEntries(
    systemsOf(catalog).flatMap((system) =>
      configKeys(system).map(({ key, variable, field }) => [
        key,
        {
          ...property(flat(field), "", types),
          description: `${field.description} From the environment: \`${variable}\`.`,
        },
      ]),
    ),
  );
  return {
    name: "tenantry",
    displayName: "Tenantry",
    version,
    description:
      "Tenants of S3 object stores as code: groups, users, credentials and limits of Cloudian HyperStore, Ceph RGW, NetApp StorageGRID, ostor and View.",
    keywords: [
      "pulumi",
      "tenantry",
      "s3",
      "object-storage",
      "cloudian",
      "hyperstore",
      "category/infrastructure",
      "kind/native",
    ],
    homepage: "https://github.com/tenantry/tenantry",
    repository: "https://github.com/tenantry/tenantry",
    license: "Apache-2.0",
    publisher: "Tenantry",
    pluginDownloadURL: "github://api.github.com/tenantry/tenantry",
    language: {
      nodejs: {
        packageName: "pulumi-tenantry",
        packageDescription: "Tenants of S3 object stores as code, for Pulumi.",
        dependencies: { "@pulumi/pulumi": "^3.142.0" },
        typescriptVersion: "^5.9.3",
        respectSchemaVersion: true,
      },
      python: { packageName: "pulumi_tenantry", respectSchemaVersion: true, pyproject: { enabled: true } },
      go: {
        importBasePath: "github.com/tenantry/tenantry/sdk/go/tenantry",
        respectSchemaVersion: true,
        generateResourceContainerTypes: true,
      },
    },
    config: { variables: config },
    provider: {
      description: "How to reach each system. Only systems that the program uses need configuration.",
      inputProperties: config,
    },
    types,
    resources: Object.fromEntries(catalog.resources.map((each) => [each.token, resourceSpec(each, types)])),
    functions: Object.fromEntries(catalog.functions.map((each) => [each.token, functionSpec(each, types)])),
  };
}

function resourceSpec(definition: Resource, types: Types) {
  const inputs = fieldsOf(definition.inputs);
  const outputs = { ...inputs, ...fieldsOf(definition.outputs), ...fieldsOf(commonOutputs) };
  const decided = new Set(Object.keys(inputs).filter((key) => inputs[key]?.default !== undefined));
  return {
    description: `${definition.describe}\n\n${exampleUsage(definition)}`,
    ...objectSpec(outputs, definition.token, types, (key, field) => !field.optional || decided.has(key)),
    inputProperties: objectSpec(inputs, definition.token, types).properties,
    requiredInputs: Object.keys(inputs).filter((key) => !inputs[key]?.optional),
  };
}

function functionSpec(definition: ProviderFunction, types: Types) {
  const answers = (_key: string, field: Field) => !field.optional || field.default !== undefined;
  return {
    description: definition.describe,
    inputs: { type: "object", ...objectSpec(fieldsOf(definition.inputs), definition.token, types) },
    outputs: {
      type: "object",
      ...objectSpec(fieldsOf(definition.outputs), definition.token, types, answers),
    },
  };
}

function objectSpec(
  fields: Record<string, Field>,
  token: string,
  types: Types,
  required: (key: string, field: Field) => boolean = (_key, field) => !field.optional,
): ObjectSpec {
  const entries = Object.entries(fields);
  return {
    properties: Object.fromEntries(
      entries.map(([key, field]) => [key, property(field, `${token}${capital(key)}`, types)]),
    ),
    required: entries.filter(([key, field]) => required(key, field)).map(([key]) => key),
  };
}

function property(field: Field, typeToken: string, types: Types): PropertySpec {
  const fallback = field.default === undefined ? "" : ` Default: \`${JSON.stringify(field.default)}\`.`;
  return {
    ...typeSpec(field, typeToken, types),
    ...(field.description === undefined ? {} : { description: field.description + fallback }),
    ...(field.traits.secret ? { secret: true as const } : {}),
    ...(field.traits.immutable ? { willReplaceOnChanges: true as const } : {}),
  };
}

/** Configuration has no types of its own: an enum is a text there. */
const flat = (field: Field): Field =>
  field.shape.kind === "enum" ? { ...field, shape: { kind: "string" } } : field;

function typeSpec(field: Field, typeToken: string, types: Types): TypeSpec {
  const { shape } = field;
  switch (shape.kind) {
    case "array":
      return { type: "array", items: typeSpec(shape.element, typeToken, types) };
    case "record":
      return { type: "object", additionalProperties: typeSpec(shape.element, typeToken, types) };
    case "any":
      return { $ref: "pulumi.json#/Any" };
    case "object":
    case "enum": {
      const token = field.title ? typeToken.replace(/[^:]+$/, field.title) : capitalKind(typeToken);
      types[token] ??=
        shape.kind === "enum"
          ? { type: "string", enum: shape.values.map((value) => ({ value })) }
          : { type: "object", ...objectSpec(shape.fields, token, types) };
      return { $ref: `#/types/${token}` };
    }
    default:
      return { type: shape.kind };
  }
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const capitalKind = (token: string) => token.replace(/[^:]+$/, capital);
