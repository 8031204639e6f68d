import { type Asked, strange } from "./ask.ts";
import { all, type Content, type Elements, elementsOf } from "./xml.ts";

/** The one object of an answer, or undefined when there is none in it. */
export function objectIn(action: string, { elements = {} }: Asked): Elements | undefined {
  const [one, ...others] = Object.values(elements).flatMap((each) => rowsOf(action, each));
  if (others.length > 0) throw strange(action, "with more than one object");
  return one && Object.keys(one).length > 0 ? one : undefined;
}

/** The objects of a list, whose name differs from action to action; they stand inside of a "ListWrapper". */
export function listIn(action: string, elements: Elements): Elements[] {
  const { ListWrapper, ...beside } = elements;
  return rowsOf(action, ListWrapper)
    .flatMap((wrapper) => Object.values(wrapper))
    .concat(Object.values(beside))
    .flatMap((each) => rowsOf(action, each));
}

/** The text of an element that every object of its sort has. */
export function textIn(action: string, object: Elements, name: string): string {
  const text = object[name];
  if (typeof text === "string" && text !== "") return text;
  throw strange(action, `without "${name}"`);
}

/** Milliseconds since 1970 where JSON has a number and XML may have a date (section 11.10.5, against 11.10.2). */
export function momentIn(action: string, value: Content | Content[]): number {
  const text = String(value).trim();
  const moment = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isSafeInteger(moment)) return moment;
  throw strange(action, `with "${text.slice(0, 60)}" for a date`);
}

function rowsOf(action: string, content: Content | Content[] | undefined): Elements[] {
  return all(content).map((each) => {
    const elements = elementsOf(each);
    if (elements) return elements;
    throw strange(action, "with text where an object is due");
  });
}
