import { expect, it } from "vitest";
import { giveBucket, outcome, start, withJohn } from "./harness.ts";

async function withTwoRegions() {
  const first = await withJohn();
  first.state.regions.push("region2");
  return { first, second: await start({ state: first.state, otherRegion: "region2" }) };
}

it("answers 403 in a region that is not the default one, but for five methods (1.1.1)", async () => {
  const { second } = await withTwoRegions();
  const taken = [
    "POST /usage/storage",
    "POST /usage/storageall",
    "POST /usage/rollup",
    "POST /usage/repair/dirtyusers",
    "POST /bucketops/purge",
  ];
  for (const { method, path } of second.routes) {
    const { status } = await second.send(method, path);
    if (taken.includes(`${method} ${path}`)) expect(status, path).not.toBe(403);
    else expect(status, `${method} ${path}`).toBe(403);
  }
});

it("purges a bucket in its own region alone (5.6.3), and shares the state of the first", async () => {
  const { first, second } = await withTwoRegions();
  giveBucket(first, "far", { region: "region2" });
  const query = { bucketName: "far" };
  expect(outcome(await first.send("POST", "/bucketops/purge", { query }))).toBe(
    "400 Purge request must be sent to region in which bucket is located",
  );
  expect(outcome(await second.send("POST", "/bucketops/purge", { query }))).toBe("200 Bucket: far purged.");
});
