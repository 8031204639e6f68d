import fc from "fast-check";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import type { State } from "../../../emulator/hyperstore/state.ts";
import { present } from "../../laws/arbitrary.ts";
import { type Native, owner } from "./native.ts";

/** Buckets exist beforehand, for this API makes none. */
const buckets = ["law-bucket", "law.bucket.2"];

/** A kind of tiering credential at a path of the Admin API; `owners` are what one can belong to. */
const at = (path: string, owners: (string | undefined)[]): Native => {
  const held = ({ tiering }: State) =>
    [...tiering].flatMap(([where, credential]) => {
      const [of, bucketName] = JSON.parse(where) as [string, string];
      return of === path ? [{ id: bucketName ? `bucket/${bucketName}` : "system", ...credential }] : [];
    });
  return {
    // A create cannot do without its secret key.
    inputs: (random) =>
      fc
        .tuple(random, fc.constantFrom(...owners), fc.stringMatching(/^[0-9a-f]{20}[a-zA-Z0-9+/=]{1,20}$/))
        .map(([inputs, bucketName, secretKey]) =>
          present({ ...("accountName" in inputs ? {} : { secretKey }), ...inputs, bucketName }),
        ),
    census: (state) => held(state).map(({ id }) => id),
    hidden: (state, id) =>
      path.includes("azure") ? {} : { secretKey: held(state).find((each) => each.id === id)?.key ?? "" },
    secrets: (state) => held(state).map(({ key }) => key),
  };
};

export const tieringCredential: Native = {
  ...at("/tiering/credentials", [undefined, ...buckets]),
  settle({ state }) {
    for (const bucketName of buckets) edit(state, { action: "giveBucket", ...owner, bucketName });
  },
};
export const azureTieringCredential = at("/tiering/azure/credentials", buckets);
export const spectraTieringCredential = at("/tiering/spectra/credentials", buckets);
