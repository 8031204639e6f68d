import { describe, expect, test } from "vitest";
import { vendors } from "../../provider/catalog.ts";
import { packageSchema } from "../../provider/host/schema.ts";
import { type Field, fieldsOf } from "../../provider/resource/fields.ts";
import { wholeCatalog } from "../../provider/resource/vendors.ts";

const catalog = await wholeCatalog(vendors);
const schema = packageSchema(catalog, "1.2.3");

interface Property {
  type?: string;
  $ref?: string;
  description?: string;
  secret?: true;
  willReplaceOnChanges?: true;
}

const primitive = ["string", "boolean", "integer", "number", "array", "object"];

/** What a property must say, by the field that it was made from. */
function expectSays(at: string, property: Property | undefined, field: Field): void {
  expect(property?.description, `${at} has a description`).toMatch(/\w{3}/);
  expect(property?.secret === true, `${at} is secret`).toBe(field.traits.secret === true);
  expect(property?.willReplaceOnChanges === true, `${at} replaces`).toBe(field.traits.immutable === true);
  if (property?.$ref === undefined) expect(primitive).toContain(property?.type);
  else if (property.$ref.startsWith("#/types/"))
    expect(schema.types).toHaveProperty([property.$ref.slice("#/types/".length)]);
}

describe.each(catalog.resources.map((definition) => [definition.token, definition] as const))(
  "%s",
  (token, definition) => {
    const spec = schema.resources[token];

    test("describes itself, with an example", () => expect(spec?.description).toMatch(/\w[\s\S]*```/));

    test.each(Object.entries(fieldsOf(definition.inputs)))("input %s", (name, field) => {
      expectSays(name, spec?.inputProperties[name], field);
      expect(spec?.requiredInputs.includes(name)).toBe(!field.optional);
      expect(spec?.properties, "outputs have the inputs too").toHaveProperty([name]);
    });

    test.each(Object.entries(fieldsOf(definition.outputs)))("output %s", (name, field) => {
      const asInput = fieldsOf(definition.inputs)[name];
      const traits = { ...field.traits, ...(asInput ? {} : { immutable: undefined }) } as Field["traits"];
      expect(spec?.properties[name]?.description).toMatch(/\w{3}/);
      expect(spec?.properties[name]?.secret === true).toBe(traits.secret === true);
    });
  },
);

test.each(Object.keys(schema.functions))(
  "function %s describes itself and all it takes and answers",
  (token) => {
    const spec = schema.functions[token];
    expect(spec?.description).toMatch(/\w{3}/);
    for (const [name, property] of Object.entries({
      ...spec?.inputs.properties,
      ...spec?.outputs.properties,
    }))
      expect((property as Property).description, name).toMatch(/\w{3}/);
  },
);

test("provider and stack take the same configuration, and passwords are secret", () => {
  expect(schema.provider.inputProperties).toEqual(schema.config.variables);
  expect(schema.config.variables.hyperstorePassword).toMatchObject({ secret: true });
  for (const [key, { description }] of Object.entries(schema.config.variables))
    expect(description, key).toMatch(/From the environment: `[A-Z_]+`/);
});

test("it is plain JSON in the version that was asked for", () => {
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  expect(schema.version).toBe("1.2.3");
});
