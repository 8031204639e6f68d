import { expect } from "vitest";
import { type HyperStoreOptions, startHyperStore } from "../../../emulator/hyperstore/index.ts";
import type { HyperStore } from "../../../provider/hyperstore/client.ts";
import { withoutDefaultRegion } from "../../../provider/hyperstore/region.ts";
import { hyperstore } from "../../../provider/hyperstore/system.ts";
import { serveBytes } from "../../http/kit.ts";
import type { SiteOptions, Way } from "../way.ts";

const shared = {
  system: hyperstore,
  read: (api: HyperStore, nth: number) => api.getGroup(`group${nth}`),
};

const startWith = (options: HyperStoreOptions) =>
  startHyperStore({ user: "operator", password: "pass word:ü+/=", ...options });

export const adminApi: Way<HyperStore> = {
  name: "HyperStore's Admin API",
  ...shared,
  async start(options: SiteOptions = {}) {
    const emulator = await startWith(options);
    const { url, user, password } = emulator;
    const config = { hyperstoreEndpoint: url, hyperstoreUsername: user, hyperstorePassword: password };
    return { ...emulator, config };
  },
  address: "endpoint",
  credentials: ["username", "password"],
  write: (api) => api.deleteGroup("nobody"),
  trials: {
    async defaultRegion({ start, open }) {
      const { config } = await start();
      const made = (value: string | undefined) =>
        withoutDefaultRegion({ region: "here" }, open(config, value).config);
      expect(made("here")).toEqual({ inputs: {}, failures: [] });
      expect(made("there")).toEqual({ inputs: { region: "here" }, failures: [] });
      expect(made(undefined).failures).toMatchObject([{ property: "region" }]);
    },
  },
};

export const iamService: Way<HyperStore> = {
  name: "HyperStore's IAM Service",
  ...shared,
  async start(options: SiteOptions = {}) {
    const { iam, ...emulator } = await startWith({ ...options, iam: true });
    if (!iam) throw new Error("the emulator serves no IAM");
    const { url, port, accessKey, secretKey } = iam;
    const keys = { hyperstoreReadOnlyAccessKey: accessKey, hyperstoreReadOnlySecretKey: secretKey };
    return { ...emulator, url, port, config: { hyperstoreIamEndpoint: url, ...keys } };
  },
  address: "iamEndpoint",
  credentials: ["readOnlyAccessKey", "readOnlySecretKey"],
  trials: {
    /** Signatures name it, since the document names no region for them. */
    async defaultRegion({ start, open }) {
      const { config } = await start();
      let asked = "";
      const url = await serveBytes((socket) =>
        socket.on("data", (data) => {
          asked += data;
          socket.end("HTTP/1.1 403 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }),
      );
      for (const [value, region] of [
        ["region-7", "region-7"],
        [undefined, "us-east-1"],
      ] as const) {
        asked = "";
        await open({ ...config, hyperstoreIamEndpoint: url }, value)
          .read()
          .catch(() => {});
        expect(asked).toMatch(new RegExp(`/\\d{8}/${region}/iam/aws4_request`));
      }
    },
    async uncheckable({ start, open }) {
      const { config } = await start();
      for (const [value, skips] of [
        ["skip", true],
        ["error", false],
        [undefined, false],
      ] as const) {
        const asked = (open(config, value).client as HyperStore).getAudit();
        await expect(asked).rejects.toMatchObject({ name: "Unchecked", skips });
      }
    },
  },
};
