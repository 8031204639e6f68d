/**
 * One spelling for one number: ".9", "0.90" and "9e-1" are "0.9". Exact, for a binary fraction would be another number.
 * Undefined for what is no number.
 */
export function decimal(text: string): string | undefined {
  const [, sign, before = "", after = "", exponent = "0"] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,2}))?$/i.exec(text) ?? [];
  if (before + after === "") return undefined;
  const shift = Number(exponent);
  const left = before.padStart(-shift, "0");
  const digits = left + after.padEnd(shift, "0");
  const point = left.length + shift;
  const whole = digits.slice(0, point).replace(/^0+/, "") || "0";
  const fraction = digits.slice(point).replace(/0+$/, "");
  const number = fraction === "" ? whole : `${whole}.${fraction}`;
  return sign === "-" && number !== "0" ? `-${number}` : number;
}
