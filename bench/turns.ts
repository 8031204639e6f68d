/** Runs a task for each item, so many at a time. */
export async function inTurns<Item>(
  items: readonly Item[],
  atATime: number,
  task: (item: Item) => Promise<unknown>,
): Promise<void> {
  const rest = items.values();
  const work = async () => {
    for (const item of rest) await task(item);
  };
  await Promise.all(Array.from({ length: atATime }, work));
}
