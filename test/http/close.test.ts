import { expect, test } from "vitest";
import { client, ok, serve } from "./kit.ts";

test("what is closed has settled what was under way, and sends nothing more", async () => {
  const events: string[] = [];
  let answer = () => {};
  const asked = new Promise<void>((heard) => {
    answer = heard;
  });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { url, seen } = await serve(async (response, request) => {
    answer();
    await held;
    ok(request, response);
  });
  const connection = client(url);
  const http = connection.bind({});
  const sent = http.send({ method: "PUT", path: "/a" }).then(() => events.push("answered"));
  await asked;
  const closed = connection.close().then(() => events.push("closed"));
  release();
  await Promise.all([sent, closed]);
  expect(events).toEqual(["answered", "closed"]);
  await expect(http.send({ method: "PUT", path: "/b" })).rejects.toThrow("closed already");
  expect(seen).toEqual(["PUT /a"]);
});
