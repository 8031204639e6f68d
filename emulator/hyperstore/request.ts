import type { Call } from "../kit/types.ts";
import { isForm } from "./form.ts";

/** Whether a mandatory parameter is absent. An empty one counts as absent. */
export function lacks(call: Call, ...names: string[]): boolean {
  return names.some((name) => !call.query[name]);
}

/** The JSON object of a PUT or POST. It has to say that it is JSON, or of a POST that it is a form (1.3.2.1). */
export function objectIn(call: Call): Record<string, unknown> | undefined {
  const saysJson = /^application\/json\b/i.test(call.headers["content-type"] ?? "");
  if (!saysJson && !(call.method === "POST" && isForm(call))) return undefined;
  try {
    const value: unknown = JSON.parse(call.body);
    return isObject(value) ? dropNulls(value) : undefined;
  } catch {
    return undefined;
  }
}

export type Shape = Readonly<Record<string, "string" | "number" | "boolean" | "strings">>;

/**
 * Whether every attribute is a known one and has its type. That an unknown one is refused is a choice: the
 * document does not say, and an emulator that swallowed a misspelt attribute would hide the mistake. `later` are those
 * that a later release has.
 */
export function fits(body: Record<string, unknown>, shape: Shape, later: readonly string[] = []): boolean {
  return Object.entries(body).every(([name, value]) => {
    if (later.includes(name)) return true;
    const type = shape[name];
    if (type === "strings") return Array.isArray(value) && value.every((item) => typeof item === "string");
    return type !== undefined && typeof value === type;
  });
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// A null is what an omitted attribute is to a Java server.
function dropNulls(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null));
}
