/**
 * Loads the files of the plugin's folder, with V8's code cache of this very Node where the build has left one: compiling
 * is a third of the start. The build runs it too, to make the cache. It knows nothing of what it loads.
 */
import { existsSync, readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";

const folder = import.meta.dirname;
const native = createRequire(import.meta.filename);
const modules = new Map<string, { exports: unknown }>();

/** What was compiled, by the name of its file. */
export const scripts = new Map<string, Script>();

/** Bytecode fits one version and one kind of machine, so another Node finds no file of its name. */
export const cacheOf = (file: string): string =>
  join(folder, "cache", `${process.version}-${process.platform}-${process.arch}`, file);

/** Serves as `require` in the files that it loads. */
export function load(name: string): unknown {
  if (!name.startsWith("./")) return native(name);
  const file = name.slice(2);
  const known = modules.get(file);
  if (known) return known.exports;
  const module = { exports: {} };
  modules.set(file, module);
  compile(file).runInThisContext()(module.exports, load, module, join(folder, file), folder);
  return module.exports;
}

/** V8 itself passes over a cache that does not belong to the text, or to the flags of this run. */
function compile(file: string): Script {
  const filename = join(folder, file);
  const cache = cacheOf(file);
  const cachedData = existsSync(cache) ? { cachedData: readFileSync(cache) } : {};
  const script = new Script(Module.wrap(readFileSync(filename, "utf8")), { filename, ...cachedData });
  scripts.set(file, script);
  return script;
}
