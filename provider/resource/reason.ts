import type { z } from "zod";

/**
 * What is wrong with a value and what is allowed, in words that need no knowledge of our validator, for rules that
 * bring no words of their own. Never the value itself.
 */
export function reasonOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? `is required (${kinds[issue.expected] ?? issue.expected})`
        : `must be ${named(issue.expected)}`;
    case "invalid_value":
      return `must be ${issue.values.map((each) => JSON.stringify(each)).join(" or ")}`;
    case "too_small":
      if (issue.input === "") return "must not be empty";
      return `must ${amount(issue.origin, "at least", Number(issue.minimum), issue.inclusive)}`;
    case "too_big":
      return `must ${amount(issue.origin, "at most", Number(issue.maximum), issue.inclusive)}`;
    default:
      return undefined;
  }
}

function amount(origin: string, bound: "at least" | "at most", limit: number, inclusive = true): string {
  if (origin === "string") return `have ${bound} ${limit} characters`;
  if (origin === "array") return `have ${bound} ${limit} ${limit === 1 ? "entry" : "entries"}`;
  if (!inclusive) return `be ${bound === "at least" ? "above" : "below"} ${limit}`;
  return `be ${bound} ${limit}`;
}

const kinds: Record<string, string> = { int: "whole number", record: "object" };

function named(type: string): string {
  const kind = kinds[type] ?? type;
  return `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`;
}
