/** Bundles what ships into dist/: the plugin with its shims, the dynamic provider, the emulators' command. */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { type BuildOptions, build, transform } from "esbuild";
import { vendors } from "../provider/catalog.ts";
import { declarations } from "../provider/host/dynamic/declarations.ts";
import { wholeCatalog } from "../provider/resource/vendors.ts";

const shared: BuildOptions = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  legalComments: "none",
  logLevel: "warning",
};
const cjs = { ".js": ".cjs" };
const executable = (path: string, text: string) => {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
};

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist/plugin", { recursive: true });
await bundlePlugin("dist/plugin");
copyFileSync("schema.json", "dist/plugin/schema.json");
// A file without an extension would count as an ES module under the root's "type".
writeFileSync("dist/plugin/package.json", '{ "type": "commonjs" }\n');
executable(
  "dist/plugin/pulumi-resource-tenantry",
  '#!/usr/bin/env node\nrequire("./launch.cjs").load("./main.cjs");\n',
);
writeFileSync("dist/plugin/pulumi-resource-tenantry.cmd", '@node "%~dp0pulumi-resource-tenantry" %*\r\n');
execFileSync(process.execPath, ["tools/code-cache.cjs", "dist/plugin"]);

// Pulumi's SDK must be the program's own copy.
await build({
  ...shared,
  entryPoints: ["provider/dynamic.ts"],
  outfile: "dist/dynamic.cjs",
  external: ["@pulumi/pulumi"],
});
mkdirSync("dist/types");
writeFileSync("dist/types/dynamic.d.ts", declarations(await wholeCatalog(vendors)));
// The module that these types describe is CommonJS; a .d.cts would be unknown to the compiler inside Pulumi's SDK.
writeFileSync("dist/types/package.json", '{ "type": "commonjs" }\n');

if (existsSync("emulator/main.ts"))
  await build({
    ...shared,
    entryPoints: ["emulator/main.ts"],
    outfile: "dist/emulator.cjs",
    banner: { js: "#!/usr/bin/env node" },
  });

/** Into main.cjs what is needed at once, and into a file for each vendor what is read when the vendor is asked for. */
async function bundlePlugin(outdir: string): Promise<void> {
  const define = { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" };
  await build({ ...shared, entryPoints: ["provider/launch.ts"], outdir, outExtension: cjs, define });
  // Only ES modules are split by esbuild, and CommonJS starts sooner.
  const { outputFiles } = await build({
    ...shared,
    format: "esm",
    splitting: true,
    entryPoints: ["provider/main.ts"],
    outdir,
    outExtension: cjs,
    write: false,
    define,
    // For statistics that are never served.
    external: ["@grpc/proto-loader"],
  });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      format: "cjs",
      platform: "node",
      target: "node20",
      // V8 keeps the text of what it has not compiled yet. Lines stay short enough to find a place in.
      minifyWhitespace: true,
      lineLimit: 120,
      supported: { "dynamic-import": false },
    });
    writeFileSync(path, code);
  }
}
