import type { Checked } from "./check.ts";
import type { Change } from "./diff.ts";
import type { Properties } from "./value.ts";

interface Call {
  urn?: string | undefined;
  /** Seconds; 0 or absent for the default. */
  timeout?: number | undefined;
}

/** What the state holds of a resource. */
export interface Held {
  id: string;
  /** The dynamic host knows no inputs apart from the outputs; an import knows neither. */
  inputs?: Properties | undefined;
  outputs?: Properties | undefined;
}
export interface CheckRequest {
  urn?: string | undefined;
  olds?: Properties | undefined;
  news: Properties;
}
export interface DiffRequest extends Held {
  urn?: string | undefined;
  news: Properties;
  ignoreChanges?: readonly string[];
}
export interface DiffResult {
  changes: Change[];
  deleteBeforeReplace: boolean;
}
export interface CreateRequest extends Call {
  news: Properties;
  preview?: boolean;
}
export interface UpdateRequest extends Call, Held {
  news: Properties;
  preview?: boolean;
  ignoreChanges?: readonly string[];
}
export type ReadRequest = Call & Held;
export type DeleteRequest = Call & Held;
/** Any of them, as far as opening a call is concerned. */
export type AnyCall = Call & Partial<Held>;

export interface State {
  id: string;
  inputs: Properties;
  outputs: Properties;
}

/** The calls that a host serves, over plain values: one such object for each resource of the catalog. */
export interface Lifecycle {
  check(request: CheckRequest): Checked;
  diff(request: DiffRequest): DiffResult;
  create(request: CreateRequest): Promise<{ id: string; outputs: Properties }>;
  /** Undefined when the object is gone. */
  read(request: ReadRequest): Promise<State | undefined>;
  update(request: UpdateRequest): Promise<Properties>;
  delete(request: DeleteRequest): Promise<void>;
}
