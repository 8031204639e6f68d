import { readFileSync } from "node:fs";
import { join } from "node:path";
import { status } from "@grpc/grpc-js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import grpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startHyperStore } from "../../emulator/hyperstore/index.ts";
import { decode, encode } from "../../provider/host/wire.ts";
import { Secret } from "../../provider/resource/value.ts";
import { type Plugin, root, startEngine, startPlugin } from "./plugin-process.ts";

const service = grpc.ResourceProviderService;
let plugin: Plugin;
beforeAll(async () => {
  plugin = await startPlugin();
});
afterAll(() => plugin.close());

const urn = (type: string, name = "it") => `urn:pulumi:dev::test::${type}::${name}`;
const group = urn("tenantry:hyperstore:Group");

test("the first line is the port, and nothing else is ever printed", async () => {
  await plugin.call(service.getPluginInfo, new emptyPb.Empty());
  expect(plugin.stdout()).toMatch(/^\d+\n$/);
  expect(plugin.stderr()).toBe("");
});

test("every call answers, be it that it is none of ours", async () => {
  const calls: [unknown, keyof typeof status][] = [
    [plugin.call(service.handshake, new pb.ProviderHandshakeRequest()), "OK"],
    [plugin.call(service.parameterize, new pb.ParameterizeRequest()), "UNIMPLEMENTED"],
    [plugin.call(service.getSchema, new pb.GetSchemaRequest()), "OK"],
    [plugin.call(service.checkConfig, new pb.CheckRequest()), "OK"],
    [plugin.call(service.diffConfig, new pb.DiffRequest()), "OK"],
    [plugin.call(service.configure, new pb.ConfigureRequest()), "OK"],
    [plugin.call(service.invoke, new pb.InvokeRequest()), "UNKNOWN"],
    [plugin.call(service.call, new pb.CallRequest()), "UNIMPLEMENTED"],
    [plugin.call(service.check, new pb.CheckRequest()), "UNKNOWN"],
    [plugin.call(service.diff, new pb.DiffRequest()), "UNKNOWN"],
    [plugin.call(service.create, new pb.CreateRequest()), "UNKNOWN"],
    [plugin.call(service.read, new pb.ReadRequest()), "UNKNOWN"],
    [plugin.call(service.update, new pb.UpdateRequest()), "UNKNOWN"],
    [plugin.call(service.delete, new pb.DeleteRequest()), "UNKNOWN"],
    [plugin.call(service.construct, new pb.ConstructRequest()), "UNIMPLEMENTED"],
    [plugin.call(service.getPluginInfo, new emptyPb.Empty()), "OK"],
    [plugin.call(service.attach, new pluginPb.PluginAttach().setAddress("127.0.0.1:1")), "OK"],
    [plugin.call(service.getMapping, new pb.GetMappingRequest()), "OK"],
    [plugin.call(service.getMappings, new pb.GetMappingsRequest()), "OK"],
  ];
  const answers = calls.map(([answer]) =>
    Promise.resolve(answer).then(
      () => "OK",
      (error) => status[error.code],
    ),
  );
  expect(await Promise.all(answers)).toEqual(calls.map(([, expected]) => expected));
});

test("handshake and configure promise the same", async () => {
  const [shaken, configured] = await Promise.all([
    plugin.call(service.handshake, new pb.ProviderHandshakeRequest()),
    plugin.call(service.configure, new pb.ConfigureRequest()),
  ]);
  expect(shaken.toObject()).toMatchObject({
    acceptSecrets: true,
    acceptResources: true,
    acceptOutputs: true,
    supportsAutonamingConfiguration: false,
  });
  expect(configured.toObject()).toMatchObject({
    acceptsecrets: true,
    acceptresources: true,
    acceptoutputs: true,
    supportspreview: true,
    supportsAutonamingConfiguration: false,
  });
});

test("its schema is the repository's, its version the package's", async () => {
  const schema = JSON.parse((await plugin.call(service.getSchema, new pb.GetSchemaRequest())).getSchema());
  expect(schema).toEqual(JSON.parse(readFileSync(join(root, "schema.json"), "utf8")));
  const info = await plugin.call(service.getPluginInfo, new emptyPb.Empty());
  expect(info.getVersion()).toBe(schema.version);
});

test.for([{}, { hyperstoreEndpoint: "nonsense" }, { hyperstoreConnections: "many", other: [{ a: null }] }])(
  "configure takes %j without a complaint, and the resource complains",
  async (args) => {
    await plugin.call(service.configure, new pb.ConfigureRequest().setArgs(encode(args)));
    const news = encode({ groupId: "QA" });
    const checked = await plugin.call(service.check, new pb.CheckRequest().setUrn(group).setNews(news));
    expect(failuresOf(checked)).toEqual({ "": expect.stringContaining("HyperStore is not configured") });
    const creation = new pb.CreateRequest().setUrn(group).setProperties(news);
    await expect(plugin.call(service.create, creation)).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      details: expect.stringContaining("HyperStore is not configured"),
    });
  },
);

test.for([
  [{}, {}],
  [{ version: "0.1.0" }, {}],
  [{ hyperstoreEndpoint: "https://a:19443", hyperstorePassword: "p" }, {}],
  [{ hyperstoreEndpoint: "a:19443", hyperstorePassword: "p" }, { hyperstoreEndpoint: /must be a URL/ }],
  [{ hyperstorePassword: new Secret("p") }, { hyperstoreEndpoint: /is required/ }],
  [{ hyperstorePasswort: "canary" }, { "": /^hyperstorePasswort: .*did you mean "hyperstorePassword"/ }],
] as const)("checkConfig of %j", async ([news, expected]) => {
  const request = new pb.CheckRequest().setUrn(urn("pulumi:providers:tenantry")).setNews(encode(news));
  const answer = await plugin.call(service.checkConfig, request);
  const failures = failuresOf(answer);
  expect(Object.keys(failures)).toEqual(Object.keys(expected));
  for (const [property, reason] of Object.entries(expected)) expect(failures[property]).toMatch(reason);
  expect(decode(answer.getInputs())).toEqual(news);
});

test("diffConfig never asks for a replacement", async () => {
  const old = { hyperstoreEndpoint: "https://a", hyperstorePassword: new Secret("old"), version: "0.0.9" };
  const diff = async (news: typeof old) => {
    const request = new pb.DiffRequest().setOldInputs(encode(old)).setNews(encode(news));
    const answer = await plugin.call(service.diffConfig, request);
    return { changes: answer.getChanges(), diffs: answer.getDiffsList(), replaces: answer.getReplacesList() };
  };
  const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;
  expect(await diff({ ...old, version: "0.1.0" })).toEqual({ changes: DIFF_NONE, diffs: [], replaces: [] });
  expect(await diff({ ...old, hyperstorePassword: new Secret("new") })).toEqual({
    changes: DIFF_SOME,
    diffs: ["hyperstorePassword"],
    replaces: [],
  });
});

describe("a type", () => {
  test("that is none of ours is named", async () => {
    const request = new pb.CheckRequest().setUrn(urn("tenantry:hyperstore:Bucket"));
    await expect(plugin.call(service.check, request)).rejects.toMatchObject({
      details: expect.stringMatching(/^tenantry \S+ has no resource "tenantry:hyperstore:Bucket"$/),
    });
    const invoke = new pb.InvokeRequest().setTok("tenantry:hyperstore:getBucket");
    await expect(plugin.call(service.invoke, invoke)).rejects.toMatchObject({
      details: expect.stringMatching(/^tenantry \S+ has no function "tenantry:hyperstore:getBucket"$/),
    });
  });

  test("is found below a component's", async () => {
    const below = urn("my:own:Tenant$tenantry:hyperstore:Group", "odd::name");
    const request = new pb.CheckRequest().setUrn(below).setNews(encode({ groupId: "Q A" }));
    expect(failuresOf(await plugin.call(service.check, request))).toHaveProperty("groupId");
  });
});

test("what a person should read goes to the engine that has attached itself", async () => {
  const [listener, store] = await Promise.all([startEngine(), startHyperStore()]);
  const adopting = await startPlugin({
    HYPERSTORE_ENDPOINT: store.url,
    HYPERSTORE_PASSWORD: store.password,
    TENANTRY_ADOPT: "1",
  });
  await adopting.call(service.attach, new pluginPb.PluginAttach().setAddress(listener.address));
  const checking = new pb.CheckRequest().setUrn(group).setNews(encode({ groupId: "0" }));
  const checked = (await adopting.call(service.check, checking)).getInputs();
  const request = new pb.CreateRequest().setUrn(group).setProperties(checked);
  await adopting.call(service.create, request);
  await vi.waitFor(() => expect(listener.messages).not.toEqual([]));
  expect(listener.messages).toEqual([
    {
      message: 'HyperStore Group "0" existed already and is adopted, because TENANTRY_ADOPT=1',
      severity: engine.LogSeverity.WARNING,
      urn: group,
    },
  ]);
  await Promise.all([adopting.close(), store.close()]);
  listener.close();
});

function failuresOf(answer: pb.CheckResponse): Record<string, string> {
  return Object.fromEntries(answer.getFailuresList().map((each) => [each.getProperty(), each.getReason()]));
}
