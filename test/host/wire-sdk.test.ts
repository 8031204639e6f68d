import { deepStrictEqual } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import "@pulumi/pulumi/runtime/state.js"; // declares globalStore
import { deserializeProperties, isRpcSecret, serializeProperties } from "@pulumi/pulumi/runtime/rpc.js";
import fc from "fast-check";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import { beforeAll, describe, it } from "vitest";
import { decode, encode } from "../../provider/host/wire.ts";
import {
  containsUnknown,
  isProperties,
  mapProperties,
  Opaque,
  type Properties,
  reveal,
  Secret,
  Unknown,
  unknown,
  type Value,
} from "../../provider/resource/value.ts";
import { anyProperties, signatureKey, signatures } from "./wire-arbitrary.ts";

/** The Node SDK as oracle: two codecs of the same wire that were written apart. */
beforeAll(() =>
  pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }, "p", "s", true),
);

describe("what the SDK writes", () => {
  const sent = async (properties: Properties, keepOutputValues: boolean) => {
    globalStore.supportsOutputValues = keepOutputValues;
    const plain = await serializeProperties("test", mapProperties(properties, toSdk as never), {
      keepOutputValues,
    });
    return decode(structPb.Struct.fromJavaScript(plain));
  };

  it.each([true, false])("is read as the same value (output values kept: %s)", async (keepOutputValues) => {
    await fc.assert(
      fc.asyncProperty(anyProperties, async (properties) => {
        const expected = mapProperties(properties, (value) => lifted(value, keepOutputValues));
        deepStrictEqual(await sent(properties, keepOutputValues), expected);
      }),
    );
  });
});

describe("what we write", () => {
  it("is read by the SDK as the same value, secret in the same properties", async () => {
    await fc.assert(
      fc.asyncProperty(anyProperties, async (properties) => {
        const read = deserializeProperties(encode(properties));
        for (const [key, value] of Object.entries(properties)) {
          const back = await fromSdk(read[key]);
          deepStrictEqual([reveal(back), containsSecret(back)], [reveal(value), containsSecret(value)]);
        }
        deepStrictEqual(Object.keys(read).sort(), Object.keys(properties).sort());
      }),
    );
  });
});

/** A program's inputs: secrets and unknowns as outputs. */
function toSdk(value: Value): unknown {
  if (value instanceof Secret) return pulumi.secret(toSdk(value.value));
  if (value instanceof Unknown) return pulumi.output(pulumi.unknown);
  if (value instanceof Opaque) return new pulumi.asset.FileAsset((value.wire as { path: string }).path);
  if (Array.isArray(value)) return value.map(toSdk);
  return isProperties(value) ? mapProperties(value, toSdk as never) : value;
}

/**
 * `pulumi.secret` makes one output of all that is in it: unknown when a part is. Without output values the
 * SDK then forgets that it was secret.
 */
function lifted(value: Value, keepOutputValues: boolean): Value {
  if (value instanceof Secret) {
    if (!containsUnknown(value)) return new Secret(reveal(value));
    return keepOutputValues ? new Secret(unknown) : unknown;
  }
  if (Array.isArray(value)) return value.map((item) => lifted(item, keepOutputValues));
  return isProperties(value) ? mapProperties(value, (each) => lifted(each, keepOutputValues)) : value;
}

/** `deserializeProperties` leaves secrets marked, unknowns as sentinels, and output values as live outputs. */
async function fromSdk(value: unknown): Promise<Value> {
  if (pulumi.Output.isInstance(value)) {
    const output = value as unknown as { isKnown: Promise<boolean>; isSecret: Promise<boolean> };
    deepStrictEqual([await output.isKnown, await output.isSecret], [false, true]);
    return new Secret(unknown);
  }
  if (pulumi.isUnknown(value)) return unknown;
  if (value instanceof pulumi.asset.FileAsset) {
    return new Opaque({ [signatureKey]: signatures.asset, __pulumiAsset: true, path: await value.path });
  }
  if (isRpcSecret(value)) return new Secret(await fromSdk((value as { value: unknown }).value));
  if (Array.isArray(value)) return Promise.all(value.map(fromSdk));
  if (typeof value !== "object" || value === null) return value as Value;
  const entries = Object.entries(value).map(async ([key, each]) => [key, await fromSdk(each)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

function containsSecret(value: Value): boolean {
  if (value instanceof Secret) return true;
  if (Array.isArray(value)) return value.some(containsSecret);
  return isProperties(value) && Object.values(value).some(containsSecret);
}
