/** What an element holds: text, or elements by name, several of one name in a list. */
export type Content = string | Elements;
export interface Elements {
  [name: string]: Content | Content[];
}

/**
 * A document's outermost element, or undefined when the text is no whole document: half a list must not pass for a
 * short one. All values are text, spaces kept.
 */
export async function documentIn(text: string): Promise<{ name: string; content: Content } | undefined> {
  // Loaded by those who need it: most runs have no use for 60 KB of parser.
  const { XMLParser, XMLValidator } = await import("fast-xml-parser");
  const tag = /^\s*(?:<\?[^>]*\?>\s*)?<([\w.:-]+)/.exec(text)?.[1];
  // One of the vendor's samples ends with another tag than it begins with (section 11.14.4).
  const whole = text.replace(/<\/[\w.:-]+>\s*$/, `</${tag}>`);
  if (tag === undefined || XMLValidator.validate(whole) !== true) return undefined;
  const name = tag.replace(/^.*:/, "");
  const parser = new XMLParser({
    ignoreAttributes: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    removeNSPrefix: true,
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
  });
  return { name, content: parser.parse(whole)[name] };
}

/** The elements inside of one, without the spaces between them. */
export function elementsOf(content: Content | Content[] | undefined): Elements | undefined {
  if (content === undefined || Array.isArray(content)) return undefined;
  if (typeof content === "string") return content.trim() === "" ? {} : undefined;
  const { "#text": _, ...elements } = content;
  return elements;
}

/** Everything of one name, be it none, one or several. */
export const all = (content: Content | Content[] | undefined): Content[] =>
  content === undefined ? [] : [content].flat();

/** The elements of one name that hold elements. */
export const elementsIn = (content: Content | Content[] | undefined): Elements[] =>
  all(content).flatMap((each) => [elementsOf(each)].filter((elements) => elements !== undefined));

/** The texts of a list: elements side by side, or inside of one. An empty element is an empty list. */
export const textsIn = (content: Content | Content[] | undefined): string[] =>
  all(content).flatMap((each) => {
    const elements = typeof each === "string" ? undefined : elementsOf(each);
    if (elements) return Object.values(elements).flatMap((inner) => textsIn(inner));
    return String(each).trim() === "" ? [] : [String(each)];
  });
