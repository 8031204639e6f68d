/** The arrows of the design: main → catalog → vendors → resource, http; host → resource; nothing else. */
const vendors = "^provider/(hyperstore|ceph|storagegrid|ostor|view)/";

const only = (name, from, to, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { path: "^(provider|emulator|test|bench|tools)/", pathNot: to },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, dependencyTypesNot: ["type-only"] },
    },
    only(
      "resource-knows-no-wire",
      "^provider/resource/",
      "^provider/resource/",
      "what a resource is knows no wire and no vendor",
    ),
    only("http-knows-no-vendor", "^provider/http/", "^provider/http/", "HTTP knows no vendor"),
    only(
      "vendors-stand-alone",
      `${vendors}`,
      "^provider/($1|resource|http)/",
      "no vendor knows another, nor a host",
    ),
    only(
      "host-knows-resources-only",
      "^provider/host/",
      "^provider/(host|resource)/",
      "a host serves whatever the catalog lists",
    ),
    only(
      "catalog-lists",
      "^provider/catalog.ts$",
      `${vendors}|^provider/resource/|^provider/portable/`,
      "the catalog is a list",
    ),
    only(
      "emulators-share-nothing",
      "^emulator/",
      "^emulator/",
      "emulators come from the vendors' documents, not from our client",
    ),
    only(
      "emulated-vendors-stand-alone",
      "^emulator/(hyperstore|ceph|storagegrid|ostor|view)/",
      "^emulator/($1|kit)/",
      "one room per vendor",
    ),
    {
      name: "only-entries-start-a-host",
      severity: "error",
      from: { path: "^provider/", pathNot: "^provider/(main|dynamic)\\.ts$|^provider/host/" },
      to: { path: "^provider/host/" },
    },
    {
      name: "plugin-loads-no-sdk",
      comment: "the SDK's root costs half a second at start; its generated messages do not",
      severity: "error",
      from: { path: "^provider/", pathNot: "^provider/(dynamic\\.ts|host/dynamic)" },
      to: { path: "@pulumi/pulumi/", pathNot: "@pulumi/pulumi/proto/" },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, path: "^(provider|emulator)/", pathNot: "(main|launch|\\.d)\\.ts$" },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
    },
  },
};
