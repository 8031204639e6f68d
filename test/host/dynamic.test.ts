import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { vendors } from "../../provider/catalog.ts";
import * as entry from "../../provider/dynamic.ts";
import { serializedProvider } from "../../provider/host/dynamic/classes.ts";
import { declarations } from "../../provider/host/dynamic/declarations.ts";
import { wholeCatalog } from "../../provider/resource/vendors.ts";

const catalog = await wholeCatalog(vendors);
const root = resolve(import.meta.dirname, "../..");

test.each(catalog.resources.map(({ token }) => [token]))("%s", (token) => {
  const [, module = "", kind = ""] = token.split(":");
  expect(entry).toHaveProperty([module, kind]);
  expect(() => entry.serve(token)).not.toThrow();
  expect(serializedProvider(token).length).toBeLessThan(1024);
});

test("a program compiles against the declarations, and a wrong one does not", { timeout: 60_000 }, () => {
  const program = `
    import * as pulumi from "@pulumi/pulumi";
    import { hyperstore } from "./dynamic";
    const group: hyperstore.Group = new hyperstore.Group("QA", {
      groupId: "QA",
      s3EndpointsHttp: ["a", pulumi.output("b")],
    }, { protect: true });
    const args: hyperstore.UserArgs = { groupId: group.groupId, userId: pulumi.secret("John"), userType: "GroupAdmin" };
    const user = new hyperstore.User("John", args, { parent: group });
    export const always: pulumi.Output<string> = user.canonicalUserId;
    export const byDefault: pulumi.Output<boolean> = user.active;
    export const perhaps: pulumi.Output<string | undefined> = user.initialSecretKey;
    // @ts-expect-error: only perhaps
    export const surely: pulumi.Output<string> = user.initialSecretKey;
    // @ts-expect-error: a misspelt name
    new hyperstore.Group("x", { groupID: "QA" });
    // @ts-expect-error: a wrong type
    new hyperstore.Group("x", { groupId: 1 });
    // @ts-expect-error: a wrong value
    new hyperstore.User("x", { groupId: "QA", userId: "x", userType: "Boss" });
    // @ts-expect-error: an option that this host cannot serve
    new hyperstore.Group("x", { groupId: "QA" }, { import: "QA" });`;
  expect(errorsIn({ "dynamic.d.ts": declarations(catalog), "program.ts": program })).toEqual([]);
});

function errorsIn(files: Record<string, string>): string[] {
  const directory = mkdtempSync(join(tmpdir(), "tenantry-types-"));
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const { diagnostics } = compile(Object.keys(files).map((name) => join(directory, name)));
  rmSync(directory, { recursive: true });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

function compile(paths: string[]): { diagnostics: readonly ts.Diagnostic[] } {
  const program = ts.createProgram(paths, {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    types: ["node"],
  });
  return { diagnostics: ts.getPreEmitDiagnostics(program) };
}
