import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { type HyperStoreOptions, startHyperStore } from "./hyperstore/index.ts";

interface HyperStoreFlags {
  port?: number;
  tls?: boolean;
  caFile?: string;
  user: string;
  password: string;
  data?: string;
  control?: boolean;
  iam?: true | number;
  deletionDelay: number;
}

const program = new Command("tenantry-emulator").description(
  "Servers that behave like the administration APIs of S3 object stores, to test against.",
);

program
  .command("hyperstore")
  .description("Cloudian HyperStore Admin API 8.2")
  .option("--port <number>", "port to listen on (19443 with --tls, else 18081: the vendor's)", wholeNumber)
  .option("--tls", "serve HTTPS with a certificate made at start")
  .option("--ca-file <file>", "where to write the certificate authority to trust (with --tls)")
  .option("--user <name>", "user of Basic authentication", "sysadmin")
  .option("--password <password>", "password of Basic authentication", "public")
  .option("--data <file>", "JSON file to keep the state in")
  .option(
    "--iam [port]",
    "serve the IAM Service too, and print a key for it (16443 with --tls, else 16080: the vendor's)",
    wholeNumber,
  )
  .option("--control", "serve /_emulator/: faults, recorded requests and edits, without authentication")
  .option("--deletion-delay <milliseconds>", "how long a user is being deleted", wholeNumber, 200)
  .action(async (flags: HyperStoreFlags) => {
    const emulator = await startHyperStore(optionsFrom(flags));
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void emulator.close());
    const trust = emulator.caCert
      ? `, CA certificate in ${writeAuthority(emulator.caCert, flags.caFile)}`
      : "";
    console.log(`HyperStore Admin API on ${emulator.url}, user ${emulator.user}${trust}`);
    const { iam } = emulator;
    if (iam)
      console.log(`IAM Service on ${iam.url}, access key ${iam.accessKey}, secret key ${iam.secretKey}`);
  });

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

function optionsFrom({ deletionDelay, caFile: _, iam, ...flags }: HyperStoreFlags): HyperStoreOptions {
  return {
    port: flags.tls ? 19443 : 18081,
    ...flags,
    deletionDelayMs: deletionDelay,
    ...(iam !== undefined && { iam: { port: iam === true ? (flags.tls ? 16443 : 16080) : iam } }),
  };
}

function writeAuthority(caCert: string, file?: string): string {
  const target = file ?? join(mkdtempSync(join(tmpdir(), "tenantry-emulator-")), "ca.pem");
  writeFileSync(target, caCert);
  return target;
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("a whole number is expected");
  return Number(value);
}
