import { describe, expect, it } from "vitest";
import { basic, john, johnsAddress, outcome, start, withJohn } from "./harness.ts";

const form = { "content-type": "application/x-www-form-urlencoded" };
const limits = {
  wlStorageQuotaKBytes: "-1",
  hlStorageQuotaKBytes: "1048576",
  wlStorageQuotaCount: "-1",
  hlStorageQuotaCount: "-1",
  wlRequestRate: "-2",
  hlRequestRate: "-1",
  wlDataKBytesIn: "-1",
  hlDataKBytesIn: "-1",
  wlDataKBytesOut: "-1",
  hlDataKBytesOut: "-1",
};

describe("what released clients send is taken", () => {
  it("PUT /user as the vendor's own driver for Kubernetes sends it: every attribute, most of them empty", async () => {
    const { send } = await start();
    await send("PUT", "/group", { body: { groupId: "QA" } });
    const empty = [
      "fullName",
      "emailAddr",
      "address1",
      "address2",
      "city",
      "state",
      "zip",
      "country",
      "phone",
    ];
    const body = {
      ...Object.fromEntries([...empty, "website", "groupuser", "canonicalUserId"].map((name) => [name, ""])),
      active: "true",
      groupId: "QA",
      ldapEnabled: false,
      userId: "John",
      userType: "User",
    };
    const made = (await send("PUT", "/user", { body })).json();
    expect(made.canonicalUserId).toMatch(/^[0-9a-f]{32}$/);
    expect(made).toMatchObject({ fileEndpoints: "", userId: "John" });
    expect(made).not.toHaveProperty("groupuser");
    // The same object, as it reads and writes it back.
    const shown = (await send("GET", "/user", { query: johnsAddress })).json();
    expect(outcome(await send("POST", "/user", { body: { ...body, ...shown, city: "Portsmouth" } }))).toBe(
      "200 ",
    );
    expect(outcome(await send("POST", "/user", { body }))).toBe("200 ");
  });

  it("PUT /user with the three attributes that 14.26.4 misses, as a released client sends it", async () => {
    const { send } = await start();
    await send("PUT", "/group", { body: { groupId: "QA" } });
    const { fileEndpoints: _, ...three } = john;
    expect((await send("PUT", "/user", { body: three })).status).toBe(200);
  });

  it("POST /qos/limits with -2, by which a released client marks what it has set and reads it again", async () => {
    const { send } = await withJohn();
    const query = { ...johnsAddress, ...limits };
    expect(outcome(await send("POST", "/qos/limits", { query }))).toBe("200 ");
    const { qosLimitList } = (await send("GET", "/qos/limits", { query: johnsAddress })).json();
    expect(qosLimitList).toContainEqual({ type: "REQUEST_RATE_LW", value: -2 });
  });
});

describe("where the document contradicts itself, both forms are taken", () => {
  it.each(["PUT", "POST"])(
    "%s /group with s3endpointshhttp (6.7.2) and with s3endpointshttp (6.3.3)",
    async (method) => {
      const { send } = await start();
      if (method === "POST") await send("PUT", "/group", { body: { groupId: "QA" } });
      const body = { groupId: "QA", s3endpointshhttp: ["s3.example.com"], s3endpointshhttps: ["NONE"] };
      expect(outcome(await send(method, "/group", { body }))).toBe("200 ");
      const shown = (await send("GET", "/group", { query: { groupId: "QA" } })).json();
      expect(shown).toMatchObject({ s3endpointshttp: ["s3.example.com"], s3endpointshttps: ["NONE"] });
      expect(shown).not.toHaveProperty("s3endpointshhttp");
      expect(outcome(await send("POST", "/group", { body: shown }))).toBe("200 ");
    },
  );
});

describe("a POST may come as a form (1.3.2.1)", () => {
  it("with its parameters in the body", async () => {
    const { send, requests } = await withJohn();
    const body = new URLSearchParams({
      ...johnsAddress,
      accessKey: "a-key",
      secretKey: "s+e/c=r&t",
    }).toString();
    expect(outcome(await send("POST", "/user/credentials", { body, headers: form }))).toBe("200 ");
    const made = (await send("GET", "/user/credentials", { query: { accessKey: "a-key" } })).json();
    expect(made.secretKey).toBe("s+e/c=r&t");
    expect(JSON.stringify(requests)).not.toContain("s+e/c");
  });

  it("with some of them in the URL", async () => {
    const { send, state } = await withJohn();
    const body = new URLSearchParams(limits).toString();
    const reply = await send("POST", "/qos/limits", { query: johnsAddress, body, headers: form });
    expect(outcome(reply)).toBe("200 ");
    expect(state.qos.size).toBe(1);
  });

  it("of several parts", async () => {
    const { url, user, password, state } = await withJohn();
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...johnsAddress, ...limits })) body.set(name, value);
    const headers = { authorization: basic(user, password) };
    expect((await fetch(`${url}/qos/limits`, { method: "POST", headers, body })).status).toBe(200);
    expect(state.qos.size).toBe(1);
  });

  it("with JSON in it, which is what curl -d sends unless told otherwise", async () => {
    const { send } = await withJohn();
    const body = { groupId: "QA", groupName: "Quality" };
    expect(outcome(await send("POST", "/group", { body, headers: form }))).toBe("200 ");
    expect((await send("GET", "/group", { query: { groupId: "QA" } })).json().groupName).toBe("Quality");
  });

  it("but a PUT may not, and what is no form is refused", async () => {
    const { send } = await withJohn();
    const put = await send("PUT", "/group", { body: { groupId: "B" }, headers: form });
    expect(outcome(put)).toBe("400 Invalid JSON Object");
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    expect(outcome(await send("POST", "/qos/limits", { body: "no parts", headers }))).toBe(
      "400 Invalid form",
    );
    const unknown = await send("POST", "/qos/limits", {
      query: johnsAddress,
      body: "limit=1",
      headers: form,
    });
    expect(outcome(unknown)).toBe("404 Not Found");
  });
});

describe("a large body", () => {
  it("of more than a mebibyte is read", async () => {
    const { send } = await withJohn();
    const addresses = Array.from({ length: 100_000 }, (_, n) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`);
    const body = {
      id: "Default-WL",
      name: "Default Allowlist",
      ratingPlanId: "Whitelist-RP",
      list: addresses,
    };
    expect(JSON.stringify(body).length).toBeGreaterThan(2 ** 20);
    expect(outcome(await send("POST", "/allowlist", { body }))).toBe("200 ");
    expect(
      (await send("GET", "/allowlist", { query: { allowlistId: "Default-WL" } })).json().list,
    ).toHaveLength(100_000);
  });

  it("without end is refused in the vendor's form", async () => {
    const { send } = await withJohn();
    const reply = await send("POST", "/allowlist", { body: "x".repeat(65 * 2 ** 20) });
    expect(outcome(reply)).toBe("413 Request body is too large");
    expect(reply.type).toMatch(/^text\/html/);
  });
});
