import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { build } from "esbuild";

/** Bundles the programs that run beside the plugin as `tools/build.ts` bundles the plugin, into a folder that goes at the end. */
export async function bundlePrograms(programs: readonly string[]): Promise<string> {
  const bundles = mkdtempSync(join(tmpdir(), "tenantry-bench-"));
  process.once("exit", () => rmSync(bundles, { recursive: true, force: true }));
  await build({
    entryPoints: programs.map((name) => ({
      in: join(import.meta.dirname, `${name}.ts`),
      out: basename(name),
    })),
    outdir: bundles,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    legalComments: "none",
    logLevel: "warning",
  });
  return bundles;
}
