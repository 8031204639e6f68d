import { generate } from "selfsigned";
import { beforeAll, expect, test } from "vitest";
import { client, failure, serve, serveBytes, serveTls, status } from "./kit.ts";

const get = { method: "GET", path: "/" };
interface Pair {
  cert: string;
  key: string;
}
let own: Pair, expired: Pair, elsewhere: Pair, authority: Pair, signed: Pair;

async function certificate(
  ip: string,
  dates: { notBeforeDate?: Date; notAfterDate?: Date } = {},
  ca?: Pair,
): Promise<Pair> {
  const pems = await generate([{ name: "commonName", value: ca ? "signed" : "own" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 7, ip }] },
    ],
    ...dates,
    ...(ca && { ca }),
  });
  return { cert: pems.cert, key: pems.private };
}

beforeAll(async () => {
  const past = { notBeforeDate: new Date("2020-01-01"), notAfterDate: new Date("2021-01-01") };
  [own, expired, elsewhere, authority] = await Promise.all([
    certificate("127.0.0.1"),
    certificate("127.0.0.1", past),
    certificate("192.0.2.1"),
    certificate("127.0.0.1"),
  ]);
  signed = await certificate("127.0.0.1", {}, authority);
});

test("a certificate that caCert vouches for is trusted, alone or through its authority", async () => {
  expect(
    (
      await client(await serveTls(own), { caCert: own.cert })
        .bind({})
        .send(get)
    ).status,
  ).toBe(200);
  expect(
    (
      await client(await serveTls(signed), { caCert: authority.cert })
        .bind({})
        .send(get)
    ).status,
  ).toBe(200);
});

test("a certificate that does not verify: the error says why and what to do, and nothing is sent", async () => {
  const cases: [Pair, string | undefined, RegExp][] = [
    [own, undefined, /self-signed: set caCert/],
    [signed, undefined, /trusted.*: set caCert/],
    [expired, expired.cert, /has expired: renew it/],
    [elsewhere, elsewhere.cert, /for another host: .*192\.0\.2\.1/],
    [own, elsewhere.cert, /certificate.*set caCert/],
  ];
  for (const [pair, caCert, message] of cases) {
    let requests = 0;
    const url = await serveTls(pair, () => requests++);
    const error = await failure(
      client(url, caCert === undefined ? {} : { caCert })
        .bind({})
        .send(get),
    );
    expect(error).toMatchObject({ reason: "tls", outcome: "not-sent" });
    expect(error.message).toMatch(message);
    expect(requests).toBe(0);
  }
});

test("insecure does not verify, and warns once", async () => {
  const warnings: string[] = [];
  const connection = client(await serveTls(expired), { insecure: true });
  const log = (message: string, level: string) => level === "warn" && warnings.push(message);
  for (let n = 0; n < 2; n++) expect((await connection.bind({ log }).send(get)).status).toBe(200);
  expect(warnings).toEqual([expect.stringMatching(/not verified: insecure is set/)]);
});

test("a caCert that is no PEM is refused", () => {
  expect(() => client("https://localhost", { caCert: "nonsense" })).toThrow(
    /caCert of HyperStore is no certificate in PEM/,
  );
});

test("TLS to a port that speaks plain HTTP", async () => {
  const { url } = await serve(status(200));
  const error = await failure(client(url.replace("http:", "https:")).bind({}).send(get));
  expect(error).toMatchObject({ reason: "tls", outcome: "not-sent" });
  expect(error.message).toMatch(/speaks no TLS.*begin the endpoint with http:/);
});

test("plain HTTP to a port that speaks TLS", async () => {
  const node = (await serveTls(own)).replace("https:", "http:");
  const java = await serveBytes((socket) =>
    socket.once("data", () => socket.end(Buffer.from("15030300020246", "hex"))),
  );
  const { url: nginx } = await serve(
    status(400, {}, "<html>The plain HTTP request was sent to HTTPS port</html>"),
  );
  for (const url of [node, java, nginx]) {
    const error = await failure(client(url).bind({}).send(get));
    expect(error.message).toMatch(/speaks TLS.*https:/);
  }
});
