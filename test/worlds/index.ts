import { hyperstore } from "./hyperstore/index.ts";
import type { Homeland } from "./world.ts";

const all: readonly Homeland[] = [hyperstore];

export function homelandOf(system: string): Homeland {
  const found = all.find((each) => each.system === system);
  if (!found) throw new Error(`no world of "${system}": add test/worlds/${system}.ts`);
  return found;
}
