import fc from "fast-check";
import { type NotificationRule, rulesOf } from "../../../emulator/hyperstore/rules.ts";
import type { State } from "../../../emulator/hyperstore/state.ts";
import { present } from "../../laws/arbitrary.ts";
import type { Native } from "./native.ts";

const isPackaged = ({ ruleId }: NotificationRule) => /^\d+$/.test(ruleId);

/** By region; of the rules' order nothing is said. */
const rulesBy = (state: State, shown: (rules: NotificationRule[]) => unknown[]) =>
  state.regions.map((region) =>
    shown(rulesOf(state, region))
      .map((rule) => JSON.stringify(rule))
      .sort(),
  );

const regions = fc.constantFrom("region2", undefined);
const values = fc.oneof(
  fc.constantFrom("150", ".9", "0.90", "1.0E8", "-0", "SVC_DOWN", " LOG_ERR"),
  fc.string({ minLength: 1 }).filter((value) => value.trim() !== ""),
);

/** Ids are of the server's making, and in no two regions alike; the packaged ones are. */
function stored(state: State, id: string): NotificationRule | undefined {
  const [region = "", ruleId = ""] = id.split("/");
  const name = region === "default" ? (state.regions[0] ?? "") : decodeURIComponent(region);
  return rulesOf(state, name).find((rule) => rule.ruleId === decodeURIComponent(ruleId));
}

export const notificationRule: Native = {
  stored,
  // What is compared needs something to be compared with.
  inputs: (random) =>
    fc
      .tuple(random, regions, fc.constantFrom("<", ">", "=", "", undefined), values)
      .map(([inputs, region, condition, conditionVal]) =>
        present({ ...inputs, region, condition, conditionVal: condition && conditionVal }),
      ),
  census: (state) =>
    rulesBy(state, (rules) =>
      rules.filter((rule) => !isPackaged(rule)).map(({ ruleId: _, ...content }) => content),
    ),
};

export const packagedNotificationRule: Native = {
  stored,
  inputs: (random) =>
    fc
      .tuple(random, regions, fc.constantFrom("1", "12", "19"))
      .map(([inputs, region, ruleId]) => present({ ...inputs, region, ruleId })),
  census: (state) => rulesBy(state, (rules) => rules.filter(isPackaged)),
};
