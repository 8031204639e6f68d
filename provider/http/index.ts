export { basicAuth } from "./auth.ts";
export { connect } from "./client.ts";
export { HttpError } from "./errors.ts";
export { maskFields as redact } from "./fields.ts";
export { createRedactor } from "./redact.ts";
export { sigV4 } from "./sigv4.ts";
export type { Connection, Endpoint, Http, Request, Response } from "./types.ts";
