export { basicAuth } from "./auth.ts";
export { connect } from "./client.ts";
export { HttpError, type Outcome, type Reason } from "./errors.ts";
export { maskFields as redact } from "./fields.ts";
export { createRedactor, type Redactor } from "./redact.ts";
export type { Connection, Endpoint, Http, Request, Response, Scope, Signable, Signer } from "./types.ts";
