export interface Task {
  name: string;
  run(): Promise<unknown>;
  /** Tasks of one lane run one after another. */
  lane?: unknown;
}

/** Runs tasks side by side, so that their waits overlap, and tells of all that failed. */
export async function sideBySide(tasks: readonly Task[], width = 32): Promise<void> {
  const byLane = new Map<unknown, Task[]>();
  for (const task of tasks) {
    const lane = task.lane ?? task;
    byLane.set(lane, [...(byLane.get(lane) ?? []), task]);
  }
  const lanes = [...byLane.values()];
  const failures: Error[] = [];
  const worker = async () => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift())
      for (const { name, run } of lane)
        await run().catch((cause) => failures.push(new Error(`${name}: ${reasonOf(cause)}`, { cause })));
  };
  await Promise.all(Array.from({ length: width }, worker));
  const [first] = failures;
  if (!first) return;
  const shown = failures.slice(0, 8).map(({ message }) => message);
  throw new Error(`${failures.length} of ${tasks.length} failed:\n\n${shown.join("\n\n")}`, { cause: first });
}

/** What went wrong at the bottom. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause ? reasonOf(error.cause) : error.message;
}
