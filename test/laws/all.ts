import { describe, test } from "vitest";
import { vendors } from "../../provider/catalog.ts";
import type { Resource } from "../../provider/resource/definition.ts";
import { wholeCatalog } from "../../provider/resource/vendors.ts";
import type { Homeland } from "../worlds/world.ts";
import { budgetsEndCalls } from "./budget.ts";
import { repeatably } from "./depth.ts";
import { driftIsShownAndRepaired, ignoredChangesAreSilent, ignoredChangesSurviveUpdates } from "./drift.ts";
import {
  anotherSystemIsNoDeletion,
  crashLeavesNoTwin,
  replacementLeavesOne,
  whatExistsIsNotTakenSilently,
} from "./identity.ts";
import { failuresInARowConverge } from "./in-a-row.ts";
import {
  cancelledCallsConverge,
  failedUpdatesCanBeReverted,
  failuresAreAskedAgain,
  failuresConverge,
} from "./interrupted.ts";
import { whatStaysIsThereAllTheWhile } from "./meanwhile.ts";
import { deletesSpareTheRest, updatesKeepTheRest } from "./others.ts";
import { misspeltIsRefused, newDefaultsAreNoChange, unknownIdsGoFirst } from "./plans.ts";
import { throughPlugin } from "./plugin.ts";
import { adoptionsAreNotForgotten, anothersIsNotTaken } from "./rivals.ts";
import { secretsStaySecret } from "./secrets.ts";
import { idHasOneSpelling, orderOfSetsIsNoDrift } from "./spellings.ts";
import {
  checkIsStable,
  goneIsGone,
  importAgreesWithProgram,
  previewsOnlyPlan,
  readAgreesWithCreate,
  updateConverges,
} from "./stable.ts";
import { oldStatesAreNoChange } from "./states.ts";
import { type Subject, subjectOf } from "./subject.ts";

const laws: Record<string, (subject: Subject) => Promise<void>> = {
  "1: check is idempotent and accepts what read returns": checkIsStable,
  "1: a misspelt property is refused": misspeltIsRefused,
  "2: what was created is read back without a difference": readAgreesWithCreate,
  "3: an import needs the id alone": importAgreesWithProgram,
  "3: an id has one spelling": idHasOneSpelling,
  "4: an update converges": updateConverges,
  "4: what stays is there all the while": whatStaysIsThereAllTheWhile,
  "4: an update that fails anywhere can be reverted": failedUpdatesCanBeReverted,
  "5: what was deleted is gone": goneIsGone,
  "6: drift shows exactly, and is repaired": driftIsShownAndRepaired,
  "6: the order of what has none is no drift": orderOfSetsIsNoDrift,
  "7: a preview writes nothing": previewsOnlyPlan,
  "8: no secret is shown": secretsStaySecret,
  "9: a fault at any request ends clearly, and the next run converges": failuresConverge,
  "9: failures in a row converge": failuresInARowConverge,
  "9: what failed is asked again in the same run": failuresAreAskedAgain,
  "9: customTimeouts ends a call": budgetsEndCalls,
  "9: what somebody else makes meanwhile is not taken for ours": anothersIsNotTaken,
  "10: a cancellation at any request does too": cancelledCallsConverge,
  "11: ignored changes are silent": ignoredChangesAreSilent,
  "11: and survive an update": ignoredChangesSurviveUpdates,
  "12: states of every release are no change": oldStatesAreNoChange,
  "12: nor are those without a new default": newDefaultsAreNoChange,
  "13: another system never makes an object look deleted": anotherSystemIsNoDeletion,
  "14: an adoption that fails is not forgotten": adoptionsAreNotForgotten,
  "14: what exists is imported or adopted, never taken silently": whatExistsIsNotTakenSilently,
  "15: what may be the same object goes before its replacement": unknownIdsGoFirst,
  "15: a crash leaves no twin": crashLeavesNoTwin,
  "15: a replacement leaves one": replacementLeavesOne,
  "17: an update keeps what others have set": updatesKeepTheRest,
  "18: a delete spares what is not ours to take": deletesSpareTheRest,
};

const { resources } = await wholeCatalog(vendors);

/** Every second of the resources, from the first or the second on: two test files keep both cores busy. */
export const everySecond = (from: 0 | 1, system: string): Resource[] =>
  resources.filter(({ connect }) => connect.name === system).filter((_, index) => index % 2 === from);

/** `file` is the one that calls this: a failure tells how to repeat it. */
export function holdLaws(file: string, resources: readonly Resource[], homeland?: Homeland): void {
  for (const definition of resources) hold(file, definition.token, subjectOf(definition, homeland));
}

/** The laws again, where each call goes through the plugin's messages: for one resource of a vendor. */
export function holdLawsThroughPlugin(file: string, definition: Resource, homeland?: Homeland): void {
  const subject = { ...subjectOf(definition, homeland), by: throughPlugin };
  hold(file, `${definition.token} through the plugin`, subject);
}

function hold(file: string, title: string, subject: Subject): void {
  describe(title, () => {
    for (const [name, law] of Object.entries(laws))
      test(name, () => repeatably(file, `${title} ${name}`, () => law(subject)), 600_000);
  });
}
