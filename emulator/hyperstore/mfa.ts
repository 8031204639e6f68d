import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { lacks } from "./request.ts";
import { done, json, nothing, refuse } from "./respond.ts";
import type { MfaDevice, User } from "./state.ts";
import { statusOf } from "./status.ts";
import { codeAt, halfMinuteNow, newSeed } from "./totp.ts";
import { addressIn } from "./users.ts";

const address = ["userId", "groupId", "canonicalUserId"];
const device = [...address, "serialNumber"];
const successive = [...device, "authenticationCode1", "authenticationCode2"];
const invalid = "Invalid parameter or missing required parameter";
const noDevice = "User is not found or MFA device is not found";
const wrongCode = "Invalid MFA authentication code";

export function mfaRoutes(context: Context): DocumentedRoute[] {
  const path = "/user/mfa";
  const post = (name: string, query: readonly string[], handle: typeof create): DocumentedRoute => ({
    method: "POST",
    path: `${path}/${name}`,
    query,
    handle: (call) => handle(context, call),
  });
  return [
    {
      method: "DELETE",
      path: `${path}/deleteDevice`,
      query: device,
      handle: (call) => remove(context, call),
    },
    { method: "GET", path: `${path}/list`, query: address, handle: (call) => list(context, call) },
    post("createDevice", [...address, "virtualMFADeviceName", "path"], create),
    post("deactivateDevice", device, deactivate),
    post("enableDevice", successive, enable),
    post("resyncDevice", successive, resync),
    post("verify", [...device, "authenticationCode"], verify),
  ];
}

// 14.4
function remove(context: Context, call: Call): Answer {
  const found = deviceIn(context, call);
  if (!("mfa" in found)) return found;
  if (found.mfa.enableDate) return refuse(call, 409, "Device is active. Must deactivate before deleting.");
  found.user.mfaDevices = found.user.mfaDevices?.filter((each) => each !== found.mfa) ?? [];
  return done();
}

// 14.11: only devices that are activated.
function list({ state }: Context, call: Call): Answer {
  const address = addressIn(call);
  if (!address) return refuse(call, 400, invalid);
  const user = active(address.find(state));
  if (!user) return refuse(call, 404, "User inactive or not found");
  const MFADevices = enabled(user).map(({ enableDate, serialNumber }) => ({
    EnableDate: enableDate,
    SerialNumber: serialNumber,
  }));
  return json({ MFADevices });
}

// 14.18. For no such user both 204 and 404 are listed; it is 204 here, as in 14.4 and 14.19.
function create({ state }: Context, call: Call): Answer {
  const address = addressIn(call);
  const { virtualMFADeviceName: name = "", path = "/" } = call.query;
  if (!address || !/^[A-Za-z0-9_+=,.@-]+$/.test(name) || !/^\/(.*\/)?$/.test(path))
    return refuse(call, 400, invalid);
  const user = active(address.find(state));
  if (!user) return nothing();
  const serialNumber = `arn:aws:iam::${user.info.canonicalUserId}:mfa${path}${name}`;
  const nameOf = (serial: string) => serial.split("/").at(-1)?.toLowerCase();
  user.mfaDevices ??= [];
  if (user.mfaDevices.some((each) => nameOf(each.serialNumber) === name.toLowerCase()))
    return refuse(call, 409, "Virtual MFA device already exists");
  const mfa: MfaDevice = { serialNumber, seed: newSeed(), enableDate: null, drift: 0 };
  user.mfaDevices.push(mfa);
  const base32StringSeed = Buffer.from(mfa.seed).toString("base64");
  return json({ base32StringSeed, enableDate: null, qrCodePNG, serialNumber, user: null });
}

// 14.19. What is not active stays so.
function deactivate(context: Context, call: Call): Answer {
  const found = deviceIn(context, call);
  if (!("mfa" in found)) return found;
  found.mfa.enableDate = null;
  return done();
}

// 14.20. "Exceeding max MFA devices" without a number: as 14.10.2 speaks of one serial number of a user, it is one here.
function enable({ state }: Context, call: Call): Answer {
  const found = deviceWithCodes(state, call, "authenticationCode1", "authenticationCode2");
  if (!("mfa" in found)) return found;
  const { user, mfa } = found;
  if (enabled(user).length > 0)
    return refuse(
      call,
      409,
      "Exceeding max MFA devices or this MFA device is already enabled on another user",
    );
  const drift = driftShown(mfa, call, 1);
  if (drift === undefined) return refuse(call, 403, wrongCode);
  Object.assign(mfa, { drift, enableDate: new Date().toISOString().replace(/\.\d+/, "") });
  return done();
}

// 14.21: two successive codes tell how wrong the device's clock is, within an hour here.
function resync({ state }: Context, call: Call): Answer {
  const found = deviceWithCodes(state, call, "authenticationCode1", "authenticationCode2");
  if (!("mfa" in found)) return found;
  const drift = driftShown(found.mfa, call, 120);
  if (drift === undefined || !found.mfa.enableDate) return refuse(call, 403, wrongCode);
  found.mfa.drift = drift;
  return done();
}

// 14.22. A code is good for its half minute and the ones beside it.
function verify({ state }: Context, call: Call): Answer {
  const found = deviceWithCodes(state, call, "authenticationCode");
  if (!("mfa" in found)) return found;
  const { seed, drift, enableDate } = found.mfa;
  const now = halfMinuteNow() + drift;
  const codes = [now - 1, now, now + 1].map((at) => codeAt(seed, at));
  const isValid = enableDate !== null && codes.includes(call.query.authenticationCode ?? "");
  return isValid ? done() : refuse(call, 403, wrongCode);
}

interface Found {
  user: User;
  mfa: MfaDevice;
}

/** As 14.4 and 14.19 have it. */
function deviceIn({ state }: Context, call: Call): Found | Answer {
  const address = addressIn(call);
  if (!address || lacks(call, "serialNumber")) return refuse(call, 400, invalid);
  const user = active(address.find(state));
  if (!user) return nothing();
  const mfa = deviceOf(user, call);
  return mfa
    ? { user, mfa }
    : refuse(call, 404, "Specified MFA Device does not exist or does not belong to specified user");
}

/** As 14.20, 14.21 and 14.22 have it. */
function deviceWithCodes(state: Context["state"], call: Call, ...codes: string[]): Found | Answer {
  const address = addressIn(call);
  if (!address || lacks(call, "serialNumber", ...codes))
    return refuse(call, 400, "Missing or invalid parameters");
  const user = active(address.find(state));
  const mfa = user && deviceOf(user, call);
  return user && mfa ? { user, mfa } : refuse(call, 404, noDevice);
}

const active = (user: User | undefined) => (user && statusOf(user) === "active" ? user : undefined);

export const enabled = ({ mfaDevices = [] }: User): MfaDevice[] =>
  mfaDevices.filter(({ enableDate }) => enableDate);

// Names are case-insensitive (14.18.2).
const deviceOf = ({ mfaDevices = [] }: User, { query }: Call): MfaDevice | undefined =>
  mfaDevices.find(({ serialNumber }) => serialNumber.toLowerCase() === query.serialNumber?.toLowerCase());

/** By how many half minutes the device's clock is wrong, told by two codes that follow one another. */
function driftShown({ seed }: MfaDevice, { query }: Call, most: number): number | undefined {
  const now = halfMinuteNow();
  for (let drift = -most; drift <= most; drift++) {
    const pair = [codeAt(seed, now + drift), codeAt(seed, now + drift + 1)];
    if (pair[0] === query.authenticationCode1 && pair[1] === query.authenticationCode2) return drift;
  }
  return undefined;
}

/** One white pixel: nobody scans it here. */
const qrCodePNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQAAAAA3bvkkAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";
