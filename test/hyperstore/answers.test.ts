import { expect, test } from "vitest";
import { getQosLimits } from "../../provider/hyperstore/functions/qos.ts";
import { withSession } from "./kit.ts";

const selector = { groupId: "QA", userId: "John" };

test("a method that the system does not have is named together with the system's version, asked once", async () => {
  const { ask, faults, requests } = await withSession({ version: "5.1" });
  faults.add({ kind: "404", match: { path: "/qos/limits" }, nth: "every" });
  for (const _ of [1, 2])
    await expect(ask(getQosLimits, selector)).rejects.toThrow(
      /GET \/qos\/limits.* answered 404: HyperStore 5\.1 has no such method/,
    );
  expect(requests.filter(({ path }) => path === "/system/version")).toHaveLength(1);
});

test("where not even the version is there, the address is wrong", async () => {
  const { ask, faults } = await withSession();
  faults.add({ kind: "404", nth: "every" });
  await expect(ask(getQosLimits, selector)).rejects.toThrow(
    /404: there is no such path\. Check hyperstoreEndpoint/,
  );
});
