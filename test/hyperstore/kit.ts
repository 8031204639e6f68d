import { onTestFinished } from "vitest";
import type { HyperStoreOptions } from "../../emulator/hyperstore/index.ts";
import type { ProviderFunction, Resource } from "../../provider/resource/definition.ts";
import { invoke } from "../../provider/resource/invoke.ts";
import { createSession } from "../../provider/resource/session.ts";
import { type Properties, reveal } from "../../provider/resource/value.ts";
import { withJohn } from "../emulator/hyperstore/harness.ts";
import { createEngine } from "../laws/engine.ts";

/** An emulator in which John lives in the group QA, and a session that is configured for it, also by `config`. */
export async function withSession(options: HyperStoreOptions = {}, config: Properties = {}) {
  const emulator = await withJohn(options);
  const { url, password } = emulator;
  return {
    ...emulator,
    ...sessionWith({ hyperstoreEndpoint: url, hyperstorePassword: password, ...config }),
  };
}

/** A provider that is configured like this, and ways to call it. */
export function sessionWith(config: Properties) {
  /** What the user gets to read, as "warn: …". */
  const logs: string[] = [];
  const open = (env: Record<string, string> = {}) => {
    const session = createSession({
      env,
      log: (message, severity) => logs.push(`${severity}: ${message}`),
      quiet: true,
    });
    session.configure(config);
    return session;
  };
  const session = open();
  onTestFinished(() => session.close());

  /** Calls a function as a program does, and gives its outputs with secrets in plain; bad arguments are thrown. */
  async function ask(definition: ProviderFunction, args: Properties = {}) {
    const { outputs, failures } = await invoke(definition, session, args);
    if (failures.length > 0)
      throw new Error(failures.map(({ property, reason }) => `${property} ${reason}`).join("; "));
    return reveal(outputs) as Properties;
  }

  /** Pulumi's engine with a program of one resource. */
  const engine = (definition: Resource, { name = "it", env = {} } = {}) =>
    createEngine(definition, `urn:pulumi:stack::project::${definition.token}::${name}`, () => open(env));
  return { session, logs, ask, engine };
}
