import { describe, expect, test } from "vitest";
import { documentIn, elementsOf, textsIn } from "../../../provider/hyperstore/iam/xml.ts";

const list = `<?xml version="1.0" encoding="utf-8"?>
<GetCloudianGroupListResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <ListWrapper>
    <groupInfo><groupId>a</groupId></groupInfo>
    <groupInfo>
      <groupId>b</groupId>
    </groupInfo>
  </ListWrapper>
</GetCloudianGroupListResponse>
`;

describe("a document", () => {
  test("is read", async () => {
    const document = await documentIn(list);
    expect(document?.name).toBe("GetCloudianGroupListResponse");
    const { ListWrapper } = elementsOf(document?.content) ?? {};
    expect(elementsOf(ListWrapper)).toEqual({
      groupInfo: [{ groupId: "a" }, { "#text": expect.stringMatching(/^\s+$/), groupId: "b" }],
    });
  });

  test("that is cut off anywhere is none", async () => {
    const whole = list.trimEnd();
    for (let length = 0; length < whole.length; length++)
      expect(await documentIn(whole.slice(0, length)), `cut at ${length}`).toBeUndefined();
  });

  test.each([
    "",
    "not XML",
    '{"groupId":"QA"}',
    "<a><b></a></b>",
    "<a></a>trailing",
    "<html><body>Please try again<br></body></html>",
  ])("is not %j", async (text) => {
    expect(await documentIn(text)).toBeUndefined();
  });

  test("may end with another tag than it begins with, as a sample does (11.14.4)", async () => {
    const text = "<GetCloudianSystemVersionResponse><String>\n8.2\n</String>\n</GetSystemVersionResponse>";
    const document = await documentIn(text);
    expect(document?.name).toBe("GetCloudianSystemVersionResponse");
    expect(elementsOf(document?.content)).toEqual({ String: "\n8.2\n" });
  });

  test.each<[what: string, inner: string, content: unknown]>([
    ["spaces", "  a b\t\n", "  a b\t\n"],
    ["what looks like a number", "007", "007"],
    ["what looks like a boolean", "true", "true"],
    ["entities, once", "&lt;&amp;amp;&#13;&#x20AC;&quot;", '<&amp;\r€"'],
    ["character data", "<![CDATA[<b>&amp;]]>", "<b>&amp;"],
    ["no comments", "a<!-- b -->c", "ac"],
  ])("keeps %s", async (_, inner, content) => {
    const document = await documentIn(`<a><t>${inner}</t></a>`);
    expect(document?.content).toEqual({ t: content });
  });

  test("may have prefixes", async () => {
    const document = await documentIn('<i:aResponse xmlns:i="x"><i:b>1</i:b></i:aResponse>');
    expect(document).toEqual({ name: "aResponse", content: { b: "1" } });
  });
});

test.each<[content: Parameters<typeof textsIn>[0], texts: string[]]>([
  [undefined, []],
  ["", []],
  ["ALL", ["ALL"]],
  [
    ["a", "b"],
    ["a", "b"],
  ],
  [{ "#text": "\n  ", string: ["a", "b"] }, ["a", "b"]],
  [{ string: "a" }, ["a"]],
])("the texts of %j are %j", (content, texts) => {
  expect(textsIn(content)).toEqual(texts);
});
