/**
 * The floor of any provider: one that does nothing but make the same requests, whose answers it does not read. It shares
 * the machine's cores with the engine and the radosgw as the plugin does.
 */
import { serveEcho } from "./echo.ts";
import { sender } from "./raw.ts";
import { steps } from "./tenant.ts";

const { RADOSGW_ENDPOINT = "", RADOSGW_ACCESS_KEY = "", RADOSGW_SECRET_KEY = "" } = process.env;
const send = sender({
  endpoint: RADOSGW_ENDPOINT,
  accessKey: RADOSGW_ACCESS_KEY,
  secretKey: RADOSGW_SECRET_KEY,
});
const stepOf: Record<string, string> = {
  create: "up",
  read: "refresh",
  update: "update of all",
  delete: "destroy",
};

serveEcho(async (call, uid) => {
  const step = steps.find(({ name }) => name === stepOf[call]);
  for (const request of step?.raw(uid) ?? []) await send(request);
});
