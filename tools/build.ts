/** Bundles what ships into dist/: the plugin with its shims, the dynamic provider, the emulators' command. */
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { type BuildOptions, build } from "esbuild";
import { catalog } from "../provider/catalog.ts";
import { declarations } from "../provider/host/dynamic/declarations.ts";

const shared: BuildOptions = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  legalComments: "none",
  logLevel: "warning",
};
const executable = (path: string, text: string) => {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
};

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist/plugin", { recursive: true });
await build({ ...shared, entryPoints: ["provider/main.ts"], outfile: "dist/plugin/plugin.cjs" });
// A file without an extension would count as an ES module under the root's "type".
writeFileSync("dist/plugin/package.json", '{ "type": "commonjs" }\n');
executable("dist/plugin/pulumi-resource-tenantry", '#!/usr/bin/env node\nrequire("./plugin.cjs");\n');
writeFileSync("dist/plugin/pulumi-resource-tenantry.cmd", '@node "%~dp0plugin.cjs" %*\r\n');

// Pulumi's SDK must be the program's own copy.
await build({
  ...shared,
  entryPoints: ["provider/dynamic.ts"],
  outfile: "dist/dynamic.cjs",
  external: ["@pulumi/pulumi"],
});
mkdirSync("dist/types");
writeFileSync("dist/types/dynamic.d.ts", declarations(catalog));
// The module that these types describe is CommonJS; a .d.cts would be unknown to the compiler inside Pulumi's SDK.
writeFileSync("dist/types/package.json", '{ "type": "commonjs" }\n');

if (existsSync("emulator/main.ts"))
  await build({
    ...shared,
    entryPoints: ["emulator/main.ts"],
    outfile: "dist/emulator.cjs",
    banner: { js: "#!/usr/bin/env node" },
  });
