import { expect, test } from "vitest";
import { cephCatalog } from "../../provider/ceph/index.ts";
import { hyperstoreCatalog } from "../../provider/hyperstore/index.ts";
import { lifecycle } from "../../provider/resource/lifecycle.ts";
import { createSession } from "../../provider/resource/session.ts";

const session = createSession({ env: {}, log: () => {} });
const resources = [...hyperstoreCatalog.resources, ...cephCatalog.resources];

test.each([
  ["Group", { groupId: "QA" }, {}, true],
  ["Key", { uid: "ada" }, { accessKey: "A", secretKey: "s" }, false],
])(
  "whether the old object goes before its replacement is said also where no input of %s differs",
  (name, inputs, decided, expected) => {
    const definition = resources.find(({ token }) => token.endsWith(`:${name}`));
    if (!definition) throw new Error(`there is no ${name}`);
    const held = { id: "it", inputs, outputs: { ...inputs, ...decided } };
    const { changes, deleteBeforeReplace } = lifecycle(definition, session).diff({
      ...held,
      news: { ...inputs },
    });
    expect({ changes, deleteBeforeReplace }).toEqual({ changes: [], deleteBeforeReplace: expected });
  },
);
