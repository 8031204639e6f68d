import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { isLocked, lock } from "./lock.ts";
import { lacks } from "./request.ts";
import { done, nothing, refuse, text } from "./respond.ts";
import type { User } from "./state.ts";
import { addressIn, findUser } from "./users.ts";

const setting = ["userId", "groupId", "password", "oldpassword"];
const verifying = ["userId", "groupId", "canonicalUserId", "password"];
const missing = "Missing Required parameters : {userId, groupId, password}";

export function passwordRoutes(context: Context): DocumentedRoute[] {
  return [
    {
      method: "GET",
      path: "/user/password/verify",
      query: verifying,
      writes: true, // it counts failures
      handle: (call) => verify(context, call),
    },
    { method: "POST", path: "/user/password", query: setting, handle: (call) => set(context, call) },
  ];
}

// 14.12. No code is given for a user that does not exist: nobody's password is valid.
function verify({ state, lockAfter }: Context, call: Call): Answer {
  const address = addressIn(call);
  if (!address || lacks(call, "password")) return refuse(call, 400, missing);
  const user = address.find(state);
  if (!user || isLocked(user)) return text("invalid");
  if (user.password === undefined || user.password !== call.query.password) {
    countFailure(user, lockAfter);
    return text("invalid");
  }
  user.failedVerifications = 0;
  return text(user.passwordExpired ? "expire" : "valid");
}

// 14.23. For a user that does not exist it answers 204: a 2xx that changed nothing. What a system with a restriction on
// reuse says is not in the document.
function set({ state, passwordReuse }: Context, call: Call): Answer {
  if (lacks(call, "userId", "groupId", "password")) return refuse(call, 400, missing);
  const { userId = "", groupId = "", password = "", oldpassword } = call.query;
  const user = findUser(state, groupId, userId);
  if (!user) return nothing();
  if (password.length > 64) return refuse(call, 400, "Exceeded max password length");
  if (!isStrong(password)) return refuse(call, 400, "Password strength is too weak.");
  if (oldpassword !== undefined && oldpassword !== user.password)
    return refuse(call, 400, "Invalid oldpassword");
  if (!passwordReuse && password === user.password) return refuse(call, 400, "Password was used before.");
  user.password = password;
  user.passwordExpired = false;
  return done();
}

// 14.23.2
function isStrong(password: string): boolean {
  return (
    password.length >= 9 && [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].every((some) => some.test(password))
  );
}

// Whether a failed verification counts as a login attempt (14.9.3) is not said: off unless asked for.
function countFailure(user: User, lockAfter: number | undefined): void {
  user.failedVerifications += 1;
  if (lockAfter === undefined || user.failedVerifications < lockAfter) return;
  user.failedVerifications = 0;
  lock(user);
}
