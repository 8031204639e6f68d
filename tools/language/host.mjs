// A language host for Node: the engine starts it, reads its port from the first line of stdout, and asks it to
// run the user's program. It does what a stack of local packages needs; it installs and generates nothing.
import { spawn } from "node:child_process";
import { fstatSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

const maxMessage = 400 * 1024 * 1024;
const loggedByProgram = 32; // cmd/run exits with it after telling the engine itself what went wrong

/** The engine's address comes last, after flags such as --logtostderr and -v=9. */
const engineAddress = process.argv.at(-1);

/** @type {Set<import("node:child_process").ChildProcess>} */
const programs = new Set();
const killPrograms = () => {
  for (const program of programs) program.kill();
};

/** The program's own SDK, as its imports see it, and not ours. */
function findRunner(directory) {
  try {
    return createRequire(join(directory, "index.js")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    throw new Error(`@pulumi/pulumi is not installed in ${directory}: run npm install there`);
  }
}

function environment(request, options) {
  return {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().getEntryList())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: String(options.typescript ?? true),
    ...(options.tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
  };
}

function runArguments(request) {
  const flags = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    pwd: request.getPwd(),
    "root-directory": request.getInfo().getRootDirectory(),
    parallel: String(request.getParallel()),
  };
  const given = Object.entries(flags).filter(([, value]) => value);
  const entry = request.getInfo().getEntryPoint() || ".";
  return [
    ...given.flatMap(([name, value]) => [`--${name}`, value]),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    entry,
    ...request.getArgsList(),
  ];
}

/** Runs the program to its end; what it prints goes to our stdout and stderr, which the engine shows. */
function runProgram(call) {
  const request = call.request;
  const options = request.getInfo().getOptions()?.toJavaScript() ?? {};
  const nodeArguments = options.nodeargs?.split(" ").filter(Boolean) ?? [];
  const runner = findRunner(request.getInfo().getProgramDirectory());
  return new Promise((resolve, reject) => {
    const program = spawn(process.execPath, [...nodeArguments, runner, ...runArguments(request)], {
      cwd: request.getPwd(),
      env: environment(request, options),
      stdio: ["ignore", "inherit", "inherit"],
    });
    programs.add(program);
    call.on("cancelled", () => program.kill());
    program.on("error", reject);
    program.on("exit", (code, signal) => {
      programs.delete(program);
      const response = new language.RunResponse();
      if (code === loggedByProgram) response.setBail(true);
      else if (signal) response.setError(`Program was ended by ${signal}`);
      else if (code) response.setError(`Program exited with non-zero exit code: ${code}`);
      resolve(response);
    });
  });
}

function installDependencies(call) {
  const message = "This language host installs nothing: run npm install in the program's directory.\n";
  call.write(new language.InstallDependenciesResponse().setStdout(Buffer.from(message)));
  call.end();
}

/** One reply for each call, also when the work throws. */
const answer = (work) => async (call, reply) => {
  try {
    reply(null, await work(call));
  } catch (error) {
    reply({ code: grpc.status.UNKNOWN, message: error.message });
  }
};

const server = new grpc.Server({
  "grpc.max_receive_message_length": maxMessage,
  "grpc.max_send_message_length": maxMessage,
});
server.addService(services.LanguageRuntimeService, {
  handshake: answer(() => new language.LanguageHandshakeResponse()),
  // Empty: plugins are found on PATH. A list here makes the engine download what it does not find.
  getRequiredPlugins: answer(() => new language.GetRequiredPluginsResponse()),
  getRequiredPackages: answer(() => new language.GetRequiredPackagesResponse()),
  getPluginInfo: answer(() => new plugin.PluginInfo().setVersion("0.1.0")),
  about: answer(() =>
    new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version),
  ),
  getProgramDependencies: answer(() => new language.GetProgramDependenciesResponse()),
  installDependencies,
  run: answer(runProgram),
  cancel: answer(() => {
    killPrograms();
    return new empty.Empty();
  }),
});

server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});

process.on("exit", killPrograms);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));

// The engine holds the other end of our stdin, so its end is the engine's, even when the engine was killed.
const stdin = fstatSync(0);
if (stdin.isFIFO() || stdin.isSocket()) process.stdin.on("end", () => process.exit(0)).resume();
