import { readFileSync } from "node:fs";
import { Command } from "commander";
import { expect, test } from "vitest";
import { addHyperStore } from "../../emulator/hyperstore/command.ts";
import { faultKinds } from "../../emulator/kit/faults.ts";
import { start } from "./hyperstore/harness.ts";

/** docs/emulator.md is held against the command, the control door and its own examples. */
const page = readFileSync(new URL("../../docs/emulator.md", import.meta.url), "utf8");

test("the page has every flag, and no other", () => {
  const program = new Command();
  addHyperStore(program);
  const flags = program.commands[0]?.options.map(({ flags }) => flags) ?? [];
  const told = [...page.matchAll(/^\| `(--[^`]+)` \|/gm)].map(([, flag]) => flag);
  const inText = ["--data <file>", "--region <name...>"];
  for (const flag of inText) expect(page).toContain(`\`${flag}\``);
  expect([...told, ...inText].sort()).toEqual(flags.sort());
});

test("the page has every kind of fault and every edit", async () => {
  const { url } = await start({ control: true });
  const refused = await fetch(`${url}/_emulator/state`, { method: "POST", body: '{"action": "x"}' });
  const { error } = (await refused.json()) as { error: string };
  const actions = error.replace(/.*known: /, "").split(", ");
  expect(actions.length).toBeGreaterThan(10);
  for (const word of [...faultKinds, ...actions])
    expect(page).toMatch(new RegExp(`^\\| .*\`${word}\`.* \\|`, "m"));
});

test("the examples do what they say", async () => {
  const { url, send } = await start({ control: true });
  await send("PUT", "/group", { body: { groupId: "research" } });
  const ada = { groupId: "research", userId: "ada", userType: "User" };
  await send("PUT", "/user", { body: ada });
  const examples = [
    ...page.matchAll(/^curl (?:-X (\w+) )?\$EMULATOR(\/_emulator\/\w+)(?: -d '([^']*)')?$/gm),
  ];
  expect(examples).toHaveLength(11);
  for (const [example, method, path, body] of examples) {
    const reply = await fetch(url + path, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      ...(body !== undefined && { body }),
    });
    expect([example, reply.status]).toEqual([example, body || method ? 204 : 200]);
  }
  const query = { groupId: "research", userId: "ada" };
  expect((await send("GET", "/user/islocked", { query })).text).toBe("true");
});
