import { expect, test } from "vitest";
import { getQosLimits } from "../../provider/hyperstore/functions/qos.ts";
import { User } from "../../provider/hyperstore/user.ts";
import { start, withJohn } from "../emulator/hyperstore/harness.ts";
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

test("a node of another region than the default one is no use, and the error says which is (1.1.1)", async () => {
  const { state } = await withJohn();
  const { url } = await start({ state, otherRegion: "region2" });
  const { ask, engine } = await withSession({}, { hyperstoreEndpoint: url });
  const where =
    /403: only the Admin Service of the default region takes this call .*point hyperstoreEndpoint at a node of that region/;
  await expect(ask(getQosLimits, selector)).rejects.toThrow(where);
  await expect(engine(User).up({ groupId: "QA", userId: "Jane" })).rejects.toThrow(where);
});
