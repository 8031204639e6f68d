export interface RatingPlan {
  id: string;
  name: string;
  currency: string;
  /** Absent where whoever made the plan left it out (10.5.3). */
  mapRules?: Record<string, { ruleclassType: string; rules: { first: string; second: string }[] }>;
}

/** The plans that every system has (10.3.2), with the prices of the sample in 10.2.3. */
export function packagedPlans(): RatingPlan[] {
  const prices = {
    BI: [
      ["1", "0.20"],
      ["0", "0.10"],
    ],
    BO: [
      ["1", "0.20"],
      ["0", "0.10"],
    ],
    HD: [["0", "0"]],
    HG: [
      ["10", "0.02"],
      ["0", "0.01"],
    ],
    HP: [["0", "0.02"]],
    SB: [
      ["1", "0.14"],
      ["5", "0.12"],
      ["0", "0.10"],
    ],
  };
  const free = {
    BI: [["0", "0"]],
    BO: [["0", "0"]],
    HD: [["0", "0"]],
    HG: [["0", "0"]],
    HP: [["0", "0"]],
    SB: [["0", "0"]],
  };
  return [
    plan("Default-RP", "Default Rating Plan", prices),
    plan("Whitelist-RP", "Whitelist Rating Plan", free),
  ];
}

/** By the dimensions' acronyms (10.5.3). */
export const ruleclassTypes: Readonly<Record<string, string>> = {
  BI: "BYTES_IN",
  BO: "BYTES_OUT",
  HD: "HTTP_DELETE",
  HG: "HTTP_GET",
  HP: "HTTP_PUT",
  SB: "STORAGE_BYTE",
};

function plan(id: string, name: string, tiers: Record<string, string[][]>): RatingPlan {
  const mapRules = Object.fromEntries(
    Object.entries(tiers).map(([code, rules]) => [
      code,
      {
        ruleclassType: ruleclassTypes[code] ?? code,
        rules: rules.map(([first = "0", second = "0"]) => ({ first, second })),
      },
    ]),
  );
  return { id, name, currency: "USD", mapRules };
}
