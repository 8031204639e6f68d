/** The main job from start to end, on an emulated HyperStore: provision, detect drift, repair, take down. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const example = join(root, "examples/hyperstore-quickstart");
const scratch = mkdtempSync(join(tmpdir(), "tenantry-demo-"));
const pulumi = execFileSync(join(root, "tools/pulumi"), ["--path"], { encoding: "utf8" }).trim();
const caFile = join(scratch, "ca.pem");
const password = "demo-password";

const say = (text: string) => console.log(`\n\x1b[1m==> ${text}\x1b[0m`);

function run(args: string[], { env, expected = 0 }: { env: NodeJS.ProcessEnv; expected?: number }): void {
  console.log(`$ pulumi ${args.join(" ")}`);
  const { status } = spawnSync(pulumi, args, {
    cwd: example,
    env,
    stdio: "inherit",
  });
  if (status !== expected)
    throw new Error(`pulumi ${args.join(" ")} ended with ${status}, expected was ${expected}`);
}

const freePort = () =>
  new Promise<number>((settle) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => settle(typeof address === "object" && address ? address.port : 0));
    });
  });

function startEmulator(port: number): Promise<ChildProcess> {
  const args = ["hyperstore", "--port", String(port), "--tls", "--ca-file", caFile, "--password", password];
  const emulator = spawn(process.execPath, [join(root, "dist/emulator.cjs"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((settle, reject) => {
    emulator.on("exit", (code) => reject(new Error(`the emulator ended with ${code}`)));
    emulator.stdout?.once("data", (line) => {
      process.stdout.write(String(line));
      settle(emulator);
    });
  });
}

/** What someone with the Admin API's password and no Pulumi might do. */
function changeBehindPulumisBack(endpoint: string): Promise<void> {
  const profile = { groupId: "research", active: "false", groupName: "Renamed by hand", ldapEnabled: false };
  const body = JSON.stringify(profile);
  return new Promise((settle, reject) => {
    const call = request(
      `${endpoint}/group`,
      {
        method: "POST",
        auth: `sysadmin:${password}`,
        headers: { "content-type": "application/json" },
        agent: new Agent({ ca: readFileSync(caFile) }),
      },
      (response) =>
        response.statusCode === 200 ? settle() : reject(new Error(`POST /group: ${response.statusCode}`)),
    );
    call.on("error", reject).end(body);
  });
}

async function demo(): Promise<void> {
  say("Starting a HyperStore emulator: the Admin API over TLS, with Basic authentication");
  const port = await freePort();
  const endpoint = `https://127.0.0.1:${port}`;
  const emulator = await startEmulator(port);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HYPERSTORE_ENDPOINT: endpoint,
    HYPERSTORE_PASSWORD: password,
    HYPERSTORE_CA_CERT: readFileSync(caFile, "utf8"),
    PULUMI_HOME: join(scratch, "home"),
    PULUMI_BACKEND_URL: `file://${join(scratch, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "demo",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  try {
    say("Installing the provider's plugin and making a stack, both in a folder that goes away again");
    mkdirSync(join(scratch, "state"));
    run(["plugin", "install", "resource", "tenantry", "0.1.0", "--file", join(root, "dist/plugin")], { env });
    run(["stack", "init", "demo"], { env });

    say("Provisioning two tenants: groups, users, and a credential for each user");
    run(["up", "--yes", "--skip-preview"], { env });

    say("What the program gives out; secrets stay encrypted unless they are asked for");
    run(["stack", "output"], { env });

    say("Someone changes group research through the Admin API, behind Pulumi's back: renamed and disabled");
    await changeBehindPulumisBack(endpoint);

    say("Drift: the preview shows what differs from the program");
    run(["preview", "--refresh", "--diff"], { env });
    say("The nightly job would end with exit code 7");
    run(["preview", "--refresh", "--run-program", "--expect-no-changes"], { env, expected: 7 });

    say("Repairing the drift");
    run(["up", "--refresh", "--yes", "--skip-preview"], { env });
    say("Proof: nothing differs any more");
    run(["preview", "--refresh", "--expect-no-changes"], { env });

    say("Taking everything down");
    run(["destroy", "--yes", "--skip-preview"], { env });
  } finally {
    emulator.removeAllListeners("exit").kill();
  }
}

try {
  await demo();
  say("Done. Everything shown here is in examples/hyperstore-quickstart");
} finally {
  rmSync(scratch, { recursive: true, force: true });
  rmSync(join(example, "Pulumi.demo.yaml"), { force: true });
}
