import provider from "@pulumi/pulumi/proto/provider_pb.js";
import structPb, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import type { Provider } from "./plugin.ts";
import type { HttpRequest } from "./sender.ts";

/** One call of hyperstore:Group: how the engine makes it, and the HTTP requests that it takes. */
export interface GroupCall {
  name: "create" | "read" | "update" | "delete";
  grpc(provider: Provider, id: string): Promise<{ serializeBinary(): Uint8Array }>;
  http(id: string): HttpRequest[];
}

/** In the order in which a group lives: each call leaves what the next one needs. */
export const groupCalls: readonly GroupCall[] = [
  {
    name: "create",
    grpc: (plugin, id) =>
      plugin.create(new provider.CreateRequest().setUrn(urn(id)).setProperties(struct(inputs(id, before)))),
    http: (id) => [{ method: "PUT", path: "/group", body: JSON.stringify(profile(id, before)) }],
  },
  {
    name: "read",
    grpc: (plugin, id) =>
      plugin.read(
        new provider.ReadRequest()
          .setId(id)
          .setUrn(urn(id))
          .setInputs(struct(inputs(id, before)))
          .setProperties(struct(outputs(id, before))),
      ),
    http: (id) => [get(id)],
  },
  {
    name: "update",
    grpc: (plugin, id) =>
      plugin.update(
        new provider.UpdateRequest()
          .setId(id)
          .setUrn(urn(id))
          .setOldInputs(struct(inputs(id, before)))
          .setOlds(struct(outputs(id, before)))
          .setNews(struct(inputs(id, after))),
      ),
    http: (id) => [
      get(id),
      { method: "POST", path: "/group", body: JSON.stringify({ ...profile(id, after), ...endpointsOnWire }) },
    ],
  },
  {
    name: "delete",
    grpc: (plugin, id) =>
      plugin.delete(
        new provider.DeleteRequest()
          .setId(id)
          // Another URN than the one that created it: a process does not take away again what it made itself.
          .setUrn(urn(`old-${id}`))
          .setOldInputs(struct(inputs(id, after)))
          .setProperties(struct(outputs(id, after))),
      ),
    http: (id) => [{ method: "DELETE", path: `/group?groupId=${id}` }],
  },
];

const [before, after] = ["Quality Assurance", "Quality Assurance, renamed"];
const get = (id: string): HttpRequest => ({ method: "GET", path: `/group?groupId=${id}` });
const urn = (name: string) => `urn:pulumi:production::tenants::tenantry:hyperstore:Group::${name}`;
const struct = (fields: Record<string, JavaScriptValue>) => structPb.Struct.fromJavaScript(fields);

const inputs = (groupId: string, groupName: string) => ({
  groupId,
  groupName,
  active: true,
  ldapEnabled: false,
  s3EndpointsHttp: ["ALL"],
  s3EndpointsHttps: ["ALL"],
  s3WebsiteEndpoints: ["ALL"],
});
const outputs = (groupId: string, groupName: string) => ({
  ...inputs(groupId, groupName),
  system: "license 123456789012345678",
});

const profile = (groupId: string, groupName: string) => ({
  groupId,
  active: "true",
  ldapEnabled: false,
  groupName,
  ldapGroup: "",
  ldapMatchAttribute: "",
  ldapSearch: "",
  ldapSearchUserBase: "",
  ldapServerURL: "",
  ldapUserDNTemplate: "",
});
const endpointsOnWire = {
  s3endpointshttp: ["ALL"],
  s3endpointshttps: ["ALL"],
  s3websiteendpoints: ["ALL"],
};
