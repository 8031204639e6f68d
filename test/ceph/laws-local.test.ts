import { cephCatalog } from "../../provider/ceph/index.ts";
import { holdLaws } from "../laws/all.ts";
import { cephOn } from "../worlds/ceph/index.ts";

const access = (port: number) => async () => ({
  endpoint: `http://127.0.0.1:${port}`,
  accessKey: "adminkey",
  secretKey: "adminsecret",
});
holdLaws(cephCatalog.resources, cephOn("pacific", { here: access(7480), elsewhere: access(7499) }));
