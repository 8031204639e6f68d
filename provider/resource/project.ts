import { sameSet } from "./diff.ts";
import { type Field, isLeftToOthers } from "./fields.ts";
import { isProperties, type Properties, type Value } from "./value.ts";

/**
 * What a refresh may show of the server's inputs: only what the program manages. What the server chose by itself
 * stays out, and what never comes back is taken from the state, but for a condition, which holds or does not. Without
 * `old` (an import), all but those two: what a program may leave unmanaged is shown then.
 */
export function project(field: Field, server: Value, old: Value | undefined): Value {
  const { shape } = field;
  if (shape.kind === "object" && isProperties(server)) {
    const isImport = old === undefined;
    const before: Properties = isProperties(old) ? old : {};
    const shown: Properties = {};
    for (const key of Object.keys(shape.fields)) {
      const child = shape.fields[key] as Field;
      const was = before[key];
      const is = server[key];
      const isHidden = was === undefined && isLeftToOthers(child) && !(isImport && child.traits.unmanaged);
      if (child.traits.writeOnly) {
        if (was !== undefined) shown[key] = child.traits.upheld ? (is ?? was) : was;
      } else if (is !== undefined && !isHidden) shown[key] = project(child, is, was);
    }
    return shown;
  }
  if (shape.kind === "array" && Array.isArray(server)) {
    // In another order it is the same set: taking the server's would show up in every refresh.
    if (field.traits.unordered && Array.isArray(old) && sameSet(server, old)) return old;
    return server.map((each, index) =>
      project(shape.element, each, Array.isArray(old) ? old[index] : undefined),
    );
  }
  if (shape.kind === "record" && isProperties(server))
    return Object.fromEntries(
      Object.entries(server).map(([key, each]) => [
        key,
        project(shape.element, each, isProperties(old) ? old[key] : undefined),
      ]),
    );
  return server;
}
