import { expect, test } from "vitest";
import { unique } from "../../worlds/ceph/native.ts";
import { onEachRelease } from "../functions/kit.ts";
import { userOn } from "./kit.ts";

onEachRelease((radosgw) => {
  test("an e-mail address is one user's, in whatever case", async () => {
    const email = `${unique()}@example.com`;
    const owner = await userOn(radosgw());
    await owner.up({ email: email.toUpperCase() });
    expect(await owner.info()).toMatchObject({ email });
    expect(await owner.drift()).toEqual([]);

    const other = await userOn(radosgw());
    const refusal = `Ceph User "${other.uid}": 409 EmailExists: another user has the e-mail address ${email}`;
    await expect(other.up({ email: `A${email}`.slice(1) })).rejects.toThrow(refusal);
    expect(other.state(), "nothing was made").toBeUndefined();
    await other.up({ keys: { main: {} } });
    await expect(other.up({ email: email.toUpperCase(), keys: {} })).rejects.toThrow(refusal);
    expect(await other.keys(), "nothing else was changed").toHaveLength(1);

    await owner.up();
    expect(await owner.info(), "empty is none").toMatchObject({ email: "" });
    expect(await other.up({ email })).toBe("update");
    expect(await other.info()).toMatchObject({ email });
  });

  test("case that others give an e-mail address is no drift", async () => {
    const email = `${unique()}@example.com`;
    const { up, drift, hand } = await userOn(radosgw());
    await up({ email });
    await hand("POST", "", { email: email.toUpperCase() });
    expect(await drift()).toEqual([]);
  });

  test("letters beyond ASCII keep their case, and the address is not sent again", async () => {
    const email = `Ä${unique()}@Example.com`;
    const { up, drift, info, requests } = await userOn(radosgw());
    await up({ email });
    expect((await info()).email).toMatch(/^Ä/);
    expect(await drift()).toEqual([]);
    requests.length = 0;
    await up({ email, displayName: "Lady Ada" });
    const sent = requests.filter(({ method }) => method === "POST").map(({ query }) => Object.keys(query));
    expect(sent).toEqual([["uid", "display-name"]]);
  });
});
