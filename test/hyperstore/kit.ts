import { afterEach } from "vitest";
import type { HyperStoreOptions } from "../../emulator/hyperstore/index.ts";
import type { ProviderFunction } from "../../provider/resource/definition.ts";
import { invoke } from "../../provider/resource/invoke.ts";
import { createSession, type Session } from "../../provider/resource/session.ts";
import { type Properties, reveal } from "../../provider/resource/value.ts";
import { withJohn } from "../emulator/hyperstore/harness.ts";

const sessions: Session[] = [];

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});

/** An emulator in which John lives in the group QA, and a session that is configured for it. */
export async function withSession(options: HyperStoreOptions = {}) {
  const emulator = await withJohn(options);
  /** What the user gets to read, as "warn: …". */
  const logs: string[] = [];
  const session = createSession({
    env: {},
    log: (message, severity) => logs.push(`${severity}: ${message}`),
    quiet: true,
  });
  session.configure({ hyperstoreEndpoint: emulator.url, hyperstorePassword: emulator.password });
  sessions.push(session);

  /** Calls a function as a program does, and gives its outputs with secrets in plain; bad arguments are thrown. */
  async function ask(definition: ProviderFunction, args: Properties = {}) {
    const { outputs, failures } = await invoke(definition, session, args);
    if (failures.length > 0)
      throw new Error(failures.map(({ property, reason }) => `${property} ${reason}`).join("; "));
    return reveal(outputs) as Properties;
  }
  return { ...emulator, session, logs, ask };
}
