import * as z from "zod";
import type { Checked } from "../resource/check.ts";
import { immutable } from "../resource/fields.ts";
import { type Properties, reveal, Unknown } from "../resource/value.ts";

/*
 * No method lists the regions or says which one is the default, and a request that names none means the default one.
 * So that one object has one id, the canonical form of the default region is to leave it out.
 */

const inDefault = "default";

export const region = immutable(
  z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,64}$/, { error: "must be the name of a service region" })
    .refine((name) => name !== inDefault, { error: `"${inDefault}" stands for the default region in ids` }),
)
  .optional()
  .describe(
    "Service region. Absent means the system's default region, as does its name; to name any region, set the provider's `hyperstoreDefaultRegion`. Section 1.1.1.",
  );

/** A region as a part of an id, and back. */
export const regionPart = (name: string | undefined): string => name ?? inDefault;
export const regionFrom = (part: string): string | undefined => (part === inDefault ? undefined : part);

/** For `Definition.configured`: leaves out a region that is the default one. */
export function withoutDefaultRegion(inputs: Properties, { defaultRegion }: Properties): Checked {
  const { region: given, ...others } = inputs;
  const name = given === undefined ? undefined : reveal(given);
  if (name === undefined || name instanceof Unknown) return { inputs, failures: [] };
  if (defaultRegion !== undefined) return { inputs: name === defaultRegion ? others : inputs, failures: [] };
  const reason =
    "needs the provider's hyperstoreDefaultRegion (HYPERSTORE_DEFAULT_REGION), so that one object has one id however its region is written; leave it out for the default region";
  return { inputs, failures: [{ property: "region", reason }] };
}
