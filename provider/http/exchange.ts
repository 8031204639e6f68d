import type { Dispatcher } from "undici";
import { offAbort, onAbort } from "./limits.ts";

/**
 * One request on the wire. It is undici's handler itself, rather than pool.request: that tells whether the
 * request was begun, hence may have had an effect, and spares a stream for each body. A class, so that an
 * exchange costs one object and no closures.
 */
export class Exchange<Result> implements Dispatcher.DispatchHandler {
  readonly key: string;
  /** Whether any part of it may have reached the server. */
  started = false;
  finished = false;
  /** It was not begun, for by then nobody had any use for it. */
  isTooLate = false;
  /** How many callers wait for it; without any it is not begun. */
  wanted = 0;
  /** When it need not be begun any more: the latest deadline of those who wait. */
  until = 0;
  status = 0;
  headers: Record<string, string> = {};
  error: Error | undefined;
  /** What its callers made of it, the same for all. */
  result: Result | undefined;
  readonly #done: Promise<true>;
  readonly #chunks: Buffer[] = [];
  #resolve!: (done: true) => void;

  constructor(key: string) {
    this.key = key;
    this.#done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.isTooLate = this.wanted === 0 || Date.now() >= this.until;
    if (this.isTooLate) controller.abort(new Error("too late"));
    else this.started = true;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return;
    this.status = status;
    for (const name in headers) {
      const value = headers[name];
      if (Array.isArray(value)) headers[name] = value.join(", ");
    }
    this.headers = headers as Record<string, string>;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    this.error = error;
    this.#finish();
  }

  text(): string {
    const first = this.#chunks[0];
    if (first === undefined) return "";
    const text = (this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks)).toString("utf8");
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  join(deadline = Number.POSITIVE_INFINITY): void {
    this.wanted++;
    if (deadline > this.until) this.until = deadline;
  }

  /** Waits, once joined, until it is done; false when the signal came before it was begun. */
  wait(signal: AbortSignal | undefined): Promise<boolean> {
    if (signal === undefined || this.started) return this.#done;
    return new Promise<boolean>((resolve) => {
      const leave = () => {
        if (this.started) return;
        this.wanted--;
        resolve(false);
      };
      onAbort(signal, leave);
      this.#done.then(() => {
        offAbort(signal, leave);
        resolve(true);
      });
    });
  }

  #finish(): void {
    this.finished = true;
    this.#resolve(true);
  }
}
