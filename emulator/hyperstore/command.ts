import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { count, milliseconds, names, port, text, userName } from "../kit/arguments.ts";
import { inWords } from "../kit/words.ts";
import type { Doubts } from "./iam/answer.ts";
import { type HyperStoreEmulator, type HyperStoreOptions, startHyperStore } from "./index.ts";

/** What commander makes of the flags. Most go by the names that the options of `startHyperStore` have. */
type Flags = Omit<
  HyperStoreOptions,
  "iam" | "tls" | "regions" | "laterAttributes" | "latencyMs" | "deletionDelayMs" | "version"
> & {
  tls?: boolean;
  caFile?: string;
  iam?: true | number;
  iamAbsent?: NonNullable<Doubts["absent"]>;
  iamSpelling?: "table" | "sections";
  region?: string[];
  laterAttribute?: string[];
  latency?: number;
  deletionDelay: number;
  systemVersion: string;
};

/** The command that serves a HyperStore. */
export function addHyperStore(program: Command): void {
  program
    .command("hyperstore")
    .description("Cloudian HyperStore Admin API 8.2")
    .option("--host <address>", "address to listen on (0.0.0.0: all that the machine has)", text, "127.0.0.1")
    .option("--port <number>", "port to listen on (19443 with --tls, else 18081: the vendor's)", port)
    .option("--tls", "serve HTTPS with a certificate made at start")
    .option("--ca-file <file>", "where to write the certificate authority to trust (needs --tls)", text)
    .option("--user <name>", "user of Basic authentication", userName, "sysadmin")
    .option("--password <password>", "password of Basic authentication", "public")
    .option("--data <file>", "JSON file to keep the state in", text)
    .option("--region <name...>", "service regions, the default one first (region1)", names)
    .option(
      "--iam [port]",
      "serve the IAM Service too, and print a key for it (16443 with --tls, else 16080: the vendor's)",
      port,
    )
    .option("--control", "serve /_emulator/: faults, recorded requests and edits, without authentication")

    .optionsGroup("What kind of system it is:")
    .option("--license-number <number>", "by which a client tells this system from another", text)
    .option("--system-version <text>", "the release that GET /system/version names", text, "8.2")
    .option("--latency <milliseconds>", "wait before each answer", milliseconds)
    .option("--deletion-delay <milliseconds>", "how long a user is being deleted", milliseconds, 200)
    .option("--no-initial-credential", "a new user has no credential")
    .option("--credential-limit <number>", "most credentials of a user (5)", count)
    .option(
      "--allow-delete-with-buckets",
      "users who own buckets can be deleted, and the buckets go with them",
    )
    .option("--no-password-reuse", "a user may not get the same password again")
    .option("--lock-after <number>", "failed verifications of a password that lock a user out", count)
    .option("--legacy-qos-types", "GET /qos/limits names two limits as systems from before 7.5 do")
    .option("--single-node", "a system of one node, which has no tiering")
    .option(
      "--other-region <name>",
      "it stands in this region, and not in the default one, and refuses most methods",
      text,
    )
    .option("--no-show-inherited-plans", "GET shows no rating plan of those who were assigned none")
    .option("--later-attribute <name...>", "attributes of a later release, which are kept and shown", names)
    .addOption(
      new Option("--iam-absent <form>", "how the IAM Service says that there is no such object").choices([
        "NoSuchEntity",
        "204",
        "empty",
      ]),
    )
    .addOption(
      new Option(
        "--iam-spelling <where>",
        "take the names of actions in one place of the document alone",
      ).choices(["table", "sections"]),
    )
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  if (flags.caFile !== undefined && !flags.tls) throw new Error("--ca-file needs --tls");
  if (flags.iam === undefined && (flags.iamAbsent ?? flags.iamSpelling) !== undefined)
    throw new Error("--iam-absent and --iam-spelling need --iam");
  const emulator = await startHyperStore(optionsFrom(flags));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void emulator.close());
  try {
    announce(emulator, flags.caFile);
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

function optionsFrom(flags: Flags): HyperStoreOptions {
  const { caFile: _, iam, iamAbsent, iamSpelling, region, laterAttribute, ...named } = flags;
  const { latency, deletionDelay: deletionDelayMs, systemVersion: version, ...same } = named;
  const options: HyperStoreOptions = { port: flags.tls ? 19443 : 18081, ...same, deletionDelayMs, version };
  if (latency !== undefined) options.latencyMs = latency;
  if (region) options.regions = region;
  if (laterAttribute) options.laterAttributes = laterAttribute;
  if (iam !== undefined)
    options.iam = {
      port: iam === true ? (flags.tls ? 16443 : 16080) : iam,
      ...(iamAbsent && { absent: iamAbsent }),
      ...(iamSpelling && { tableSpelling: iamSpelling === "table" }),
    };
  return options;
}

function announce({ url, user, password, caCert, iam }: HyperStoreEmulator, caFile?: string): void {
  const trust = caCert === undefined ? "" : `, CA certificate in ${writeAuthority(caCert, caFile)}`;
  console.log(`HyperStore Admin API on ${url}, user ${user}, password ${password}${trust}`);
  if (iam) console.log(`IAM Service on ${iam.url}, access key ${iam.accessKey}, secret key ${iam.secretKey}`);
}

function writeAuthority(caCert: string, file?: string): string {
  const target = file ?? join(mkdtempSync(join(tmpdir(), "tenantry-emulator-")), "ca.pem");
  try {
    writeFileSync(target, caCert);
  } catch (error) {
    throw new Error(`cannot write the certificate authority to ${target}: ${inWords(error)}`, {
      cause: error,
    });
  }
  return target;
}
