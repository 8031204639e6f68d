import type { z } from "zod";
import { connect, type Response, sigV4 } from "../http/index.ts";
import { reachOf, urlsIn } from "../resource/endpoint.ts";
import { createOnce } from "../resource/once.ts";
import type { System } from "../resource/system.ts";
import { type Radosgw, radosgwOver, type Shared } from "./client/calls.ts";
import { zoneIn, zoneOf, zonePath } from "./client/zone.ts";
import { config } from "./config.ts";

export const ceph: System<Radosgw> = {
  name: "ceph",
  title: "Ceph",
  environment: "RADOSGW",
  config,
  connect(values) {
    const settings = config.parse(values);
    const connection = connectTo(settings);
    const refusesWrites = settings.refuseWrites ? onlyLooks : undefined;
    const { accessKey = "", adminEntry } = settings;
    const shared: Shared = { accessKey, adminEntry, refusesWrites, abilities: createOnce() };
    const identity = createOnce<string>();
    return {
      client: (scope) => radosgwOver(connection.bind(scope), shared),
      ...(refusesWrites && { refusesWrites }),
      fingerprint: (scope) => identity.get("zone", () => zoneOf(radosgwOver(connection.bind(scope), shared))),
      close: () => connection.close(),
    };
  },
};

function connectTo(settings: z.output<typeof config>) {
  const { endpoint = "", accessKey = "", secretKey = "", adminEntry } = settings;
  return connect({
    url: urlsIn(endpoint),
    system: "Ceph",
    // A radosgw takes any region, and refuses a signed body (501 NotImplemented, measured on 16.2.15 to 20.2.4).
    auth: sigV4({ accessKey, secretKey, service: "s3", region: "us-east-1", unsignedPayload: true }),
    isConflict,
    probe: { path: `/${adminEntry}${zonePath}`, systemIn: zoneIn },
    // Other writers of the same user, whom no queue of ours knows, make an attempt fail each time they come first.
    attempts: 8,
    ...reachOf(settings),
  });
}

/** From Tentacle on, a write that lost against another one of the same user; before, that is a 500 UnknownError. */
const isConflict = ({ status, text }: Pick<Response, "status" | "text">): boolean =>
  status === 409 && text.includes('"ConcurrentModification"');

const onlyLooks =
  "nothing was sent, because cephRefuseWrites (RADOSGW_REFUSE_WRITES) is set and this run is only to look; to change anything, run without it";
