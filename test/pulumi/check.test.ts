import { describe, expect } from "vitest";
import { testOn } from "./support/hyperstore.ts";
import { credential, type Declaration, group, user } from "./support/program.ts";
import type { Stack } from "./support/stack.ts";

const test = testOn();

const forbidden = "must not contain any of ` | ; & > <";
const idRule = "must be 1 to 64 letters, digits, dashes or underscores";

/** What the engine prints: it stops at the first bad resource, but shows all that is wrong with it. */
async function refuses(stack: Stack, complaints: Record<string, string>) {
  const { code, output } = await stack.preview();
  expect(code).toBe(1);
  const shown = output.slice(output.indexOf("Diagnostics:")).split("\n");
  for (const [property, says] of Object.entries(complaints)) {
    const about = shown.filter((line) => line.includes(`property ${property} value`));
    expect(about, property).toEqual([expect.stringContaining(` has a problem: ${says}`)]);
  }
  expect(shown.filter((line) => line.includes("property "))).toHaveLength(Object.keys(complaints).length);
  return output;
}

test.for<{ what: Declaration; complaints: Record<string, string> }>([
  {
    what: {
      ...group("no spaces", { groupName: "x".repeat(65), s3EndpointsHttp: ["ALL", "one"] }),
      unchecked: true,
    },
    complaints: {
      groupId: idRule,
      groupName: "must be at most 64 characters",
      s3EndpointsHttp: '"ALL" and "NONE" stand alone',
    },
  },
  {
    what: {
      ...group("x".repeat(65), { groupname: "Quality", ldapEnabled: "perhaps", quota: 1 }, { name: "long" }),
      unchecked: true,
    },
    complaints: {
      groupId: idRule,
      groupname: 'there is no such property; did you mean "groupName"?',
      ldapEnabled: "must be a boolean",
      quota: "there is no such property; allowed are groupId, groupName, active",
    },
  },
  {
    what: user("Q A", "John/Jane", {
      userType: "Root",
      emailAddr: "nobody",
      address1: "a;b",
      address2: "a|b",
      zip: "`",
      phone: "<1>",
      website: "a&b",
    }),
    complaints: {
      groupId: idRule,
      userId: "must be letters, digits, dashes, underscores, dots or @",
      userType: 'must be "User" or "GroupAdmin" or "SystemAdmin"',
      emailAddr: "must be an e-mail address",
      address1: forbidden,
      address2: forbidden,
      zip: forbidden,
      phone: forbidden,
      website: forbidden,
    },
  },
  {
    what: user("QA", "anonymous"),
    complaints: { userId: "is reserved by the system, as are anonymous, public, null, none, 0 and admin" },
  },
  {
    what: user("QA", "Root", { userType: "SystemAdmin" }),
    complaints: {
      userType: 'must be "SystemAdmin" in group "0", and only there',
      userId: "of a system administrator must be at most 26 lower-case letters",
    },
  },
  {
    what: credential("key", "QA", "John", { accessKey: "abc" }),
    complaints: { secretKey: "accessKey and secretKey go together: give both, or neither for a new pair" },
  },
])("$what.type $what.name is refused before any request", async ({ what, complaints }, { store, stack }) => {
  stack.declare(what);
  await refuses(stack, complaints);
  expect(store.requests).toEqual([]);
});

test("a secret that is refused is not shown, nor one under a misspelt name", async ({ stack }) => {
  const pair = { accessKey: "abc", secretKey: { $secret: "canary-1," }, secretkey: "canary-2" };
  stack.declare({ ...credential("key", "QA", "John", pair), unchecked: true });
  const output = await refuses(stack, {});
  expect(output).toContain("has a problem: secretKey: must not contain a comma");
  expect(output).toContain('has a problem: secretkey: there is no such property; did you mean "secretKey"?');
  expect(output).not.toContain("canary");
});

describe("a configuration", () => {
  const provider = (args: Record<string, unknown>): Declaration => ({ type: "provider", name: "own", args });

  test("with all kinds of mistakes", async ({ store, stack }) => {
    stack.declare(
      provider({
        hyperstoreEndpoint: "hyperstore.example.com",
        hyperstoreInsecure: true,
        hyperstoreCaCert: "-----BEGIN CERTIFICATE-----",
        hyperstoreConnections: 1000,
      }),
    );
    await refuses(stack, {
      hyperstoreEndpoint: "must be a URL such as https://hyperstore.example.com:19443; set it there or in",
      hyperstoreInsecure: "cannot go with a caCert: verify with it, or do not verify",
      hyperstoreConnections: "must be at most 256",
    });
    expect(store.requests).toEqual([]);
  });

  test("that is given by half", async ({ stack }) => {
    delete stack.env.HYPERSTORE_PASSWORD;
    stack.declare(provider({ hyperstoreUsername: "sysadmin" }));
    await refuses(stack, {
      hyperstorePassword: "is required (string); set it there or in HYPERSTORE_PASSWORD",
    });
  });

  test("with a key that does not exist", async ({ stack }) => {
    stack.declare(group("QA"));
    await stack.config("tenantry:hyperstoreUser", "sysadmin");
    await refuses(stack, { hyperstoreUser: 'there is no such property; did you mean "hyperstoreUsername"?' });
  });

  test("with a mistake in the environment, or without anything, is the resource's problem", async ({
    stack,
  }) => {
    stack.declare(group("QA"));
    stack.env.HYPERSTORE_ENDPOINT = "hyperstore.example.com";
    expect(await refuses(stack, {})).toContain(
      "HyperStore is not configured: hyperstoreEndpoint must be a URL such as https://hyperstore.example.com:19443",
    );
    for (const name of ["ENDPOINT", "USERNAME", "PASSWORD"]) delete stack.env[`HYPERSTORE_${name}`];
    expect(await refuses(stack, {})).toContain(
      "HyperStore is not configured: set tenantry:hyperstoreEndpoint (or HYPERSTORE_ENDPOINT) and tenantry:hyperstorePassword (or HYPERSTORE_PASSWORD)",
    );
  });
});
