import { spawn } from "node:child_process";
import { once } from "node:events";
import { status } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type HyperStoreEmulator, startHyperStore } from "../../emulator/hyperstore/index.ts";
import { encode } from "../../provider/host/wire.ts";
import { alive } from "../pulumi/support/processes.ts";
import { addGroup, addUser, groupIn, userIn } from "../pulumi/support/store.ts";
import { executable, leftBehind, type Plugin, startPlugin } from "./plugin-process.ts";

const service = grpc.ResourceProviderService;
let store: HyperStoreEmulator;
let plugin: Plugin;
beforeAll(async () => {
  store = await startHyperStore({ deletionDelayMs: 60_000 });
});
afterAll(() => store.close());
beforeEach(async () => {
  store.reset();
  plugin = await startPlugin({ HYPERSTORE_ENDPOINT: store.url, HYPERSTORE_PASSWORD: store.password });
});
afterEach(() => plugin.close());

const urn = (kind: string) => `urn:pulumi:dev::test::tenantry:hyperstore:${kind}::it`;
const create = (kind: string, inputs: Record<string, string | boolean>) =>
  plugin.call(service.create, new pb.CreateRequest().setUrn(urn(kind)).setProperties(encode(inputs)));
const john = { groupId: "QA", userId: "John", userType: "User", active: true, ldapEnabled: false };
const arrived = (method: string, path: string) =>
  vi.waitFor(() => expect(store.requests).toContainEqual(expect.objectContaining({ method, path })));
const slow = (method: string, path: string) =>
  store.faults.add({ kind: "delay", delayMs: 700, match: { method, path } });

describe.each(["SIGTERM", "SIGINT"] as const)("%s", (signal) => {
  test("ends it at once while it is idle", async () => {
    const began = Date.now();
    plugin.child.kill(signal);
    expect(await plugin.ended).toBe(0);
    expect(Date.now() - began).toBeLessThan(1000);
  });

  test("lets a write in flight end and answer first", async () => {
    slow("PUT", "/group");
    const creation = create("Group", { groupId: "QA", active: true, ldapEnabled: false });
    creation.catch(() => {});
    await arrived("PUT", "/group");
    plugin.child.kill(signal);
    // The group exists, and what was still to be read of it is not read any more.
    const error = await creation.catch((reason) => reason);
    expect(leftBehind(error)).toMatchObject({ id: "QA", refresh: true });
    expect(await plugin.ended).toBe(0);
    expect(groupIn(store, "QA")).toBeDefined();
  });
});

describe("cancel", () => {
  const cancel = () => plugin.call(service.cancel, new emptyPb.Empty());

  test("ends a wait, and refuses what comes after", async () => {
    addGroup(store, "QA");
    addUser(store, "QA", "John");
    const request = new pb.DeleteRequest().setUrn(urn("User")).setId("QA/John");
    const deletion = plugin.call(service.delete, request);
    deletion.catch(() => {});
    await arrived("GET", "/user/list");
    await cancel();
    await expect(deletion).rejects.toMatchObject({
      code: status.CANCELLED,
      details: expect.stringContaining("user QA/John to be deleted"),
    });
    store.requests.length = 0;
    await expect(create("Group", { groupId: "Late" })).rejects.toMatchObject({ code: status.CANCELLED });
    expect(store.requests).toEqual([]);
  });

  test("has a call that is half done tell what it has made", async () => {
    addGroup(store, "QA");
    slow("PUT", "/user");
    const creation = create("User", john);
    creation.catch(() => {});
    await arrived("PUT", "/user");
    await cancel();
    const error = await creation.catch((reason) => reason);
    expect(leftBehind(error)).toMatchObject({
      id: "QA/John",
      reasons: [expect.stringContaining("cancelled before it was sent")],
      refresh: true,
      outputs: {
        userId: "John",
        canonicalUserId: userIn(store, "QA", "John")?.canonicalUserId,
        unfinished: ["initialCredential"],
      },
    });
  });
});

describe("an engine that is gone", () => {
  test("is noticed by the end of the pipe, and a write in flight is settled before the plugin ends", async () => {
    addGroup(store, "QA");
    slow("PUT", "/user");
    create("User", john).catch(() => {});
    await arrived("PUT", "/user");
    plugin.child.stdin?.end();
    expect(await plugin.ended).toBe(0);
    expect(store.requests.at(-1)).toMatchObject({ method: "PUT", path: "/user", status: 200 });
  });

  test("is noticed by the parent's end where there is no pipe", async () => {
    const shell = spawn("sh", ["-c", '"$0" 127.0.0.1:1 </dev/null & echo "pid $!"; wait', executable]);
    let output = "";
    shell.stdout.on("data", (data) => {
      output += String(data);
    });
    // Both lines: its number and, once it serves, its port.
    await vi.waitFor(() => expect(output).toMatch(/^\d+$/m), 5000);
    const pid = Number(/pid (\d+)/.exec(output)?.[1]);
    expect(alive([pid])).toEqual([pid]);
    shell.kill("SIGKILL");
    await once(shell, "exit");
    await vi.waitFor(() => expect(alive([pid])).toEqual([]), 3000);
  });
});
