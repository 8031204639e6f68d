import { inspect, isDeepStrictEqual } from "node:util";

/**
 * Property values as Pulumi knows them: JSON, and around any part of it the two things JSON cannot say:
 * that a value is secret, and that it is not known yet.
 */
export type Value = null | boolean | number | string | Value[] | Properties | Secret | Unknown | Opaque;
export type Properties = { [key: string]: Value };

export class Secret {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value instanceof Secret ? value.value : value;
  }
  /** Errors carry states, and whoever prints such an error must not print its secrets. */
  [inspect.custom](): string {
    return "[secret]";
  }
}

/** A value that only a later step of the deployment will know. There is one instance: `unknown`. */
export class Unknown {}
export const unknown = new Unknown();

/** An asset, archive or resource reference: carried through unread. `wire` is its form on Pulumi's wire. */
export class Opaque {
  readonly wire: unknown;
  constructor(wire: unknown) {
    this.wire = wire;
  }
}

export const isProperties = (value: Value | undefined): value is Properties =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The same with every `Secret` taken off: only for what goes to a vendor or into validation, which change nothing in it. */
export const reveal = (value: Value): Value => (containsSecret(value) ? bare(value) : value);

function bare(value: Value): Value {
  if (value instanceof Secret) return bare(value.value);
  if (Array.isArray(value)) return value.map(bare);
  if (isProperties(value)) return mapProperties(value, bare);
  return value;
}

/** Whether two values are one, whatever of them is secret. */
export const isSame = (one: Value | undefined, other: Value | undefined): boolean =>
  isDeepStrictEqual(reveal(one ?? null), reveal(other ?? null));

export function containsUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true;
  if (value instanceof Secret) return containsUnknown(value.value);
  if (Array.isArray(value)) return value.some(containsUnknown);
  return isProperties(value) && someOf(value, containsUnknown);
}

export function containsSecret(value: Value): boolean {
  if (Array.isArray(value)) return value.some(containsSecret);
  return value instanceof Secret || (isProperties(value) && someOf(value, containsSecret));
}

function someOf(properties: Properties, test: (value: Value) => boolean): boolean {
  for (const key of Object.keys(properties)) if (test(properties[key] as Value)) return true;
  return false;
}

export function mapProperties<From, To>(
  properties: Readonly<Record<string, From>>,
  each: (value: From, key: string) => To,
): Record<string, To> {
  const mapped: Record<string, To> = {};
  for (const key of Object.keys(properties)) put(mapped, key, each(properties[key] as From, key));
  return mapped;
}

/** A call copies its values a dozen times, and a loop takes a quarter of the time of `Object.fromEntries`. */
export function put<Each>(properties: Record<string, Each>, key: string, value: Each): void {
  if (key !== "__proto__") properties[key] = value;
  else
    Object.defineProperty(properties, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Plain data, such as a validator or a vendor's client answers, as a value. */
export function withoutUndefined(data: unknown): Value {
  if (Array.isArray(data)) return data.map(withoutUndefined);
  if (!isProperties(data as Value)) return data as Value;
  const present: Properties = {};
  for (const key of Object.keys(data as Properties)) {
    const each = (data as Properties)[key];
    if (each !== undefined) put(present, key, withoutUndefined(each));
  }
  return present;
}
