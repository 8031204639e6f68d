import * as z from "zod";

/** What a field means beyond its type. A mark goes on the schema and stays through `.optional()`, `.default()`, `.describe()`. */
export interface Traits {
  /** A change replaces the resource. */
  immutable?: true;
  /** Never shown: wrapped in states and outputs, redacted everywhere else. */
  secret?: true;
  /** Never comes back from the server, so the state is the only memory of it. */
  writeOnly?: true;
  /** A condition to keep, of which the server knows nothing: `read` answers whether it holds, and drift is where it does not. */
  upheld?: true;
  /** A list compared as a set. */
  unordered?: true;
  /** Absent means that the server chooses: its choice is no drift, and an import leaves the field out. */
  serverDefault?: true;
  /** Absent means that the program leaves it to others: no drift, and an update keeps it. An import shows it. */
  unmanaged?: true;
  /** A create cannot do without. It is optional all the same, for an import that does not show it. */
  neededToCreate?: true;
}

const registry = z.registry<Traits>();

const trait =
  (added: Traits) =>
  <S extends z.ZodType>(schema: S): S => {
    const marked = schema.clone() as S;
    registry.add(marked as z.ZodType, { ...registry.get(schema), ...added });
    return marked;
  };

export const immutable = trait({ immutable: true });
export const secret = trait({ secret: true });
export const writeOnly = trait({ writeOnly: true });
export const upheld = trait({ writeOnly: true, upheld: true });
export const unordered = trait({ unordered: true });
export const serverDefault = trait({ serverDefault: true });
export const unmanaged = trait({ unmanaged: true });
export const neededToCreate = trait({ neededToCreate: true });

/** Whether a program that does not set the field says nothing about it. */
export const isLeftToOthers = ({ traits }: Field): boolean =>
  traits.serverDefault === true || traits.unmanaged === true;

/** An optional text whose absence and emptiness are one thing: both are left out of the canonical form. */
export const text = (rule: z.ZodType<string> = z.string()) =>
  z
    .string()
    .superRefine((value, context) => {
      if (value === "") return;
      for (const { message } of rule.safeParse(value).error?.issues ?? []) context.addIssue(message);
    })
    .transform((value) => value || undefined)
    .optional();

export type Shape =
  | { kind: "string" | "number" | "integer" | "boolean" | "any" }
  | { kind: "enum"; values: string[] }
  | { kind: "array" | "record"; element: Field }
  | { kind: "object"; fields: Record<string, Field> };

/** A schema as the rest of the provider sees it: one node per property, wrappers and marks already read. */
export interface Field {
  schema: z.ZodType;
  shape: Shape;
  optional: boolean;
  traits: Traits;
  description?: string;
  /** The name of an object's or enum's own type, where the one derived from its place does not read well. */
  title?: string;
  default?: unknown;
}

const known = new WeakMap<z.ZodType, Field>();

export function fieldOf(schema: z.ZodType): Field {
  const field = known.get(schema) ?? unfold(schema);
  known.set(schema, field);
  return field;
}

/** The fields of an object schema by name. */
export function fieldsOf(schema: z.ZodObject): Record<string, Field> {
  const { shape } = fieldOf(schema);
  return shape.kind === "object" ? shape.fields : {};
}

/** The field of what stands in a value under a key or index. */
export function childOf(field: Field | undefined, key: string | number): Field | undefined {
  if (field?.shape.kind === "object") return field.shape.fields[key];
  return field?.shape.kind === "array" || field?.shape.kind === "record" ? field.shape.element : undefined;
}

function unfold(schema: z.ZodType): Field {
  const outer = { schema, ...describe(schema), traits: registry.get(schema) ?? {} };
  const inner = wrapped(schema);
  if (!inner) return { ...outer, shape: shapeOf(schema), optional: false };
  const field = fieldOf(inner);
  return {
    ...field,
    ...outer,
    ...("defaultValue" in schema.def ? { default: schema.def.defaultValue } : {}),
    traits: { ...field.traits, ...outer.traits },
    optional: field.optional || ["optional", "default", "prefault"].includes(schema.def.type),
  };
}

function describe(schema: z.ZodType): { description?: string; title?: string } {
  const { description, title } = schema.meta() ?? {};
  return { ...(description === undefined ? {} : { description }), ...(title === undefined ? {} : { title }) };
}

/** The schema inside a wrapper; for a pipe its input side, which is what a program writes. */
function wrapped(schema: z.ZodType): z.ZodType | undefined {
  const def = schema.def as { type: string; innerType?: z.ZodType; in?: z.ZodType };
  if (def.innerType) return def.innerType;
  if (def.type === "pipe") return def.in;
  return undefined;
}

function shapeOf(schema: z.ZodType): Shape {
  if (schema instanceof z.ZodObject)
    return {
      kind: "object",
      fields: Object.fromEntries(
        Object.entries(schema.shape).map(([name, each]) => [name, fieldOf(each as z.ZodType)]),
      ),
    };
  if (schema instanceof z.ZodArray) return { kind: "array", element: fieldOf(schema.element as z.ZodType) };
  if (schema instanceof z.ZodRecord)
    return { kind: "record", element: fieldOf(schema.valueType as z.ZodType) };
  if (schema instanceof z.ZodEnum) return { kind: "enum", values: schema.options.map(String) };
  if (schema instanceof z.ZodBoolean) return { kind: "boolean" };
  if (schema instanceof z.ZodNumber) return { kind: schema.isInt ? "integer" : "number" };
  if (schema.def.type === "number") return { kind: "integer" };
  return { kind: schema.def.type === "any" || schema.def.type === "unknown" ? "any" : "string" };
}
