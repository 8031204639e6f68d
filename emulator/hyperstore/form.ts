import type { Call } from "../kit/types.ts";

const formType = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

export const isForm = (call: Call): boolean => formType.test(call.headers["content-type"] ?? "");

/**
 * A POST may come as a form (1.3.2.1). Its fields count as parameters of the URL. `curl -d` sends JSON under a form's
 * content type: that stays JSON. Undefined where the body is no such form.
 */
export async function withForm(call: Call): Promise<Call | undefined> {
  if (call.method !== "POST" || !isForm(call) || /^\s*[{[]|^$/.test(call.body)) return call;
  const fields = await fieldsOf(call).catch(() => undefined);
  if (!fields) return undefined;
  const parameters = new URLSearchParams([...new URLSearchParams(call.rawQuery), ...fields]);
  return { ...call, query: Object.fromEntries(parameters), rawQuery: parameters.toString(), body: "" };
}

async function fieldsOf({ headers, body }: Call): Promise<[string, string][]> {
  const form = await new Response(body, {
    headers: { "content-type": headers["content-type"] ?? "" },
  }).formData();
  return [...form].map(([name, value]) => [name, String(value)]);
}
