import { expect, test } from "vitest";
import { createOnce } from "../../provider/resource/once.ts";

/** A question whose answers are given by hand, in the order in which it was asked. */
function questions() {
  const asked: { answer(value: string): void; fail(): void }[] = [];
  const ask = () =>
    new Promise<string>((resolve, reject) => {
      asked.push({ answer: resolve, fail: () => reject(new Error("no")) });
    });
  return { asked, ask };
}

test("whoever asks meanwhile, or later, gets the same answer", async () => {
  const { asked, ask } = questions();
  const once = createOnce<string>();
  const [first, second] = [once.get("a", ask), once.get("a", ask)];
  asked[0]?.answer("yes");
  expect(await Promise.all([first, second, once.get("a", ask)])).toEqual(["yes", "yes", "yes"]);
  expect(asked).toHaveLength(1);
});

test("each question has an answer of its own", async () => {
  const { asked, ask } = questions();
  const once = createOnce<string>();
  const both = [once.get("a", ask), once.get("b", ask)];
  for (const [index, { answer }] of asked.entries()) answer(String(index));
  expect(await Promise.all(both)).toEqual(["0", "1"]);
});

test("a failure is everybody's who waited, and then it is asked again, once", async () => {
  const { asked, ask } = questions();
  const once = createOnce<string>();
  const again = async () => {
    await expect(once.get("a", ask)).rejects.toThrow("no");
    return once.get("a", ask);
  };
  const all = [again(), again(), again()];
  asked[0]?.fail();
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.answer("yes");
  expect(await Promise.all(all)).toEqual(["yes", "yes", "yes"]);
  expect(asked).toHaveLength(2);
});

test("after a clear it is asked anew, and an older failure leaves the new answer alone", async () => {
  const { asked, ask } = questions();
  const once = createOnce<string>();
  const old = once.get("a", ask);
  once.clear();
  const fresh = once.get("a", ask);
  asked[0]?.fail();
  await expect(old).rejects.toThrow("no");
  asked[1]?.answer("yes");
  expect([await fresh, await once.get("a", ask)]).toEqual(["yes", "yes"]);
  expect(asked).toHaveLength(2);
});
