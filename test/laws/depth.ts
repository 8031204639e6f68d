import fc, { type Arbitrary } from "fast-check";

/**
 * How deep the laws look. 1 is `make test-deep`; `make test` looks at a part of what that would, with new seeds each
 * time. No law is left out at any depth.
 */
const depth = Number(process.env.TENANTRY_DEPTH ?? 0.2);
if (!(depth > 0 && depth <= 1)) throw new Error("TENANTRY_DEPTH is above 0, and 1 at most");

/** Whether everything is looked at. */
export const isDeep = depth === 1;

/** So many of what a deep run takes; never none. */
export const share = (deep: number): number => Math.max(1, Math.round(deep * depth));

const given = process.env.TENANTRY_SEED;
let seed = 0;
let drawn = 0;

/** A test begins, by this seed or a new one. */
function begin(): void {
  seed = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  drawn = 0;
}

/** A seed of its own for each thing that a test draws, so that tasks side by side try different samples. */
export const nextSeed = (): number => (seed + 7919 * drawn++) | 0;

/** Holds for so many samples of a deep run, and for the examples of faults that were found before. */
export async function forAll<T>(
  deep: number,
  values: Arbitrary<T>,
  holds: (value: T) => Promise<void> | void,
  examples: readonly T[] = [],
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(values, async (value) => holds(value)),
    {
      numRuns: share(deep) + examples.length,
      examples: examples.map((example) => [example]),
      seed: nextSeed(),
      includeErrorInReport: true,
      // To find the smallest sample that fails takes minutes, so only who repeats a failure waits for it.
      endOnFailure: given === undefined,
    },
  );
}

/** Random ones of a list: their share, and `least` of them at the least. */
export function someOf<T>(all: readonly T[], least = 1): T[] {
  const count = Math.min(all.length, Math.max(least, Math.ceil(all.length * depth)));
  return fc.sample(fc.shuffledSubarray([...all], { minLength: count, maxLength: count }), {
    seed: nextSeed(),
    numRuns: 1,
  })[0] as T[];
}

export const drawOne = <T>(values: Arbitrary<T>): T =>
  fc.sample(values, { seed: nextSeed(), numRuns: 1 })[0] as T;

/** Runs a test by a seed. A failure tells the command that repeats it: `file` and `title` are for that. */
export async function repeatably(file: string, title: string, test: () => Promise<void>): Promise<void> {
  begin();
  const by = seed;
  try {
    await test();
  } catch (error) {
    const settings = `TENANTRY_SEED=${by} TENANTRY_DEPTH=${depth}`;
    const pattern = title.replace(/[.*+?^${}()|[\]\\"`]/g, ".");
    if (error instanceof Error)
      error.message += `\n\nRepeat it: ${settings} npx vitest run ${file} -t "${pattern}"`;
    throw error;
  }
}
