import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** Bundles the programs that run beside the plugin as `tools/build.ts` bundles the plugin, into a folder that goes at the end. */
export async function bundlePrograms(): Promise<string> {
  const bundles = mkdtempSync(join(tmpdir(), "tenantry-bench-"));
  process.once("exit", () => rmSync(bundles, { recursive: true, force: true }));
  await build({
    entryPoints: ["forward", "gets", "nothing", "probe", "raw"].map((name) =>
      join(import.meta.dirname, `${name}.ts`),
    ),
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
