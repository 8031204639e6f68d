import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect } from "vitest";
import { check } from "../../provider/resource/check.ts";
import type { Resource } from "../../provider/resource/definition.ts";
import { diff } from "../../provider/resource/diff.ts";
import {
  isProperties,
  mapProperties,
  type Properties,
  Secret,
  type Value,
} from "../../provider/resource/value.ts";
import { version } from "../../provider/version.ts";
import { inWorld } from "./rig.ts";
import type { Subject } from "./subject.ts";

/** Law 12: the states that each release has written are kept, and every later one must read them as no change. */

/** A program as a user wrote it, and the state that the release made of it: one on a line. */
type Fixture = {
  program: Properties;
  id: string;
  inputs: Properties;
  outputs: Properties;
};

const folder = fileURLToPath(new URL("../fixtures/states", import.meta.url));
const fileOf = (release: string, { token }: Resource) =>
  join(folder, release, `${token.split(":").slice(1).join("-")}.jsonl`);

export const oldStatesAreNoChange = async ({ definition }: Subject) => {
  const releases = readdirSync(folder).filter((release) => existsSync(fileOf(release, definition)));
  expect(releases, "run test/laws/write-states.ts for a new resource").not.toEqual([]);
  for (const release of releases) {
    for (const { program, id, inputs, outputs } of readStates(release, definition)) {
      const { inputs: newInputs, failures } = check(definition.inputs, program);
      expect(failures, `${release}, ${id}`).toEqual([]);
      const changes = diff({ schema: definition.inputs, oldInputs: inputs, oldOutputs: outputs, newInputs });
      expect(changes, `${release}, ${id}`).toEqual([]);
    }
  }
};

function readStates(release: string, definition: Resource): Fixture[] {
  const lines = readFileSync(fileOf(release, definition), "utf8").trim().split("\n");
  return lines.map((line) => fromJson(JSON.parse(line)) as unknown as Fixture);
}

/** Keeps what this version writes, each field set in some and absent in others. All secrets in it are random. */
export async function writeStates(subject: Subject): Promise<string> {
  const file = fileOf(version, subject.definition);
  const programs = fc.sample(subject.programs, { seed: 12, numRuns: 12 });
  const fixtures: Fixture[] = [];
  for (const program of programs) {
    await inWorld(subject, async (rig) => {
      await rig.up(program);
      const { id = "", inputs = {}, outputs = {} } = rig.state() ?? {};
      fixtures.push({ program, id, inputs, outputs });
    });
  }
  mkdirSync(join(folder, version), { recursive: true });
  writeFileSync(file, fixtures.map((each) => `${JSON.stringify(toJson({ ...each }))}\n`).join(""));
  return file;
}

/** As Pulumi's state has it. */
const signature = { key: "4dabf18193072939515e22adb298388d", secret: "1b47061264138c4ac30d75fd1eb44270" };

function toJson(value: Value): Value {
  if (value instanceof Secret) return { [signature.key]: signature.secret, value: toJson(value.value) };
  if (Array.isArray(value)) return value.map(toJson);
  return isProperties(value) ? mapProperties(value, toJson) : value;
}

function fromJson(value: Value): Value {
  if (Array.isArray(value)) return value.map(fromJson);
  if (!isProperties(value)) return value;
  if (value[signature.key] === signature.secret) return new Secret(fromJson(value.value ?? null));
  return mapProperties(value, fromJson);
}
