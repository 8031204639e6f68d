/**
 * Finds secrets by the name of their field, in every shape in which requests and answers are written. Other
 * rooms may send a field under any spelling: secretKey, secret_key, SecretKey, x-amz-security-token.
 */
const SECRET =
  /secret|passw|passphrase|pwd|token|authorization|cookie|signature|(account|api|private|encryption|customer|master|session|shared|client|tempurl)keys?$/;

function isSecretName(name: string): boolean {
  return SECRET.test(name.toLowerCase().replace(/[^a-z0-9]/g, ""));
}

/** How a field is written: what stands before its value, with the name, and how far the value goes. */
interface Shape {
  readonly before: RegExp;
  readonly value: RegExp;
  readonly decode: (value: string) => string | string[];
}

const SHAPES: readonly Shape[] = [
  // JSON strings; also in JSON that stands inside a JSON string, where each quote has its backslashes
  {
    before: /"(?<name>[^"\\]{1,64})\\*"\s*:\s*\\*"/g,
    value: /[^"\\]*(?:\\.[^"\\]*)*/sy,
    decode: unescapeJson,
  },
  // other JSON values: numbers, and lists of strings
  {
    before: /"(?<name>[^"\\]{1,64})"\s*:\s*/g,
    value: /\[[^\]"]*(?:"[^"\\]*(?:\\.[^"\\]*)*"[^\]"]*)*\]?|-?\d[\w.+-]*/sy,
    decode: (value) => value.match(/[^[\]",\s]+/g) ?? [],
  },
  // query strings and forms; also as JSON that escapes what could be HTML writes the "=" and "&" of a URL
  {
    before: /(?<![\w.-])(?<name>[\w.-]{1,64})(?:=|\\{1,8}u003d)/gi,
    value: /(?:(?!\\{1,8}u0026)[^&\s"<>])*/iy,
    decode: unescapeForm,
  },
  // XML elements
  {
    before: /<(?:[\w-]{1,64}:)?(?<name>[\w.-]{1,64})(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?/g,
    value: /[^<]*/y,
    decode: unescapeMarkup,
  },
  // header lines
  {
    before: /(?<![\w-])(?<name>(?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]{0,40}token)\s*:\s*/gi,
    value: /[^\r\n"<]*/y,
    decode: (value) => value,
  },
  // user:password@host
  { before: /:\/\/[^\s/:@?#]*(?<name>):/g, value: /[^\s/@]+(?=@)/y, decode: unescapeForm },
];

/** Masks the value of each field with a secret's name, in JSON, XML, headers, forms and URLs. */
export function maskFields(text: string): string {
  let masked = text;
  for (const shape of SHAPES) {
    const found = findSecrets(masked, shape);
    // from the end, so that the positions before stay right
    for (const { at, value } of found.reverse()) {
      masked = `${masked.slice(0, at)}***${masked.slice(at + value.length)}`;
    }
  }
  return masked;
}

/** The values, decoded, of the fields with a secret's name. */
export function secretValues(text: string): string[] {
  return SHAPES.flatMap((shape) => findSecrets(text, shape).flatMap(({ value }) => shape.decode(value)));
}

function findSecrets(text: string, { before, value }: Shape): { at: number; value: string }[] {
  const found: { at: number; value: string }[] = [];
  before.lastIndex = 0;
  for (let match = before.exec(text); match !== null; match = before.exec(text)) {
    const name = match.groups?.name ?? "";
    // The search goes on inside of what is no secret: it may hold a URL, or JSON.
    if (name !== "" && !isSecretName(name)) continue;
    const at = before.lastIndex;
    value.lastIndex = at;
    const [end = ""] = value.exec(text) ?? [];
    if (end === "") continue;
    found.push({ at, value: end });
    before.lastIndex = at + end.length;
  }
  return found;
}

function unescapeJson(value: string): string {
  try {
    return JSON.parse(`"${value}"`);
  } catch {
    return value;
  }
}

function unescapeForm(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", amp: "&" };

export function unescapeMarkup(value: string): string {
  return value.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (entity, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? entity;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0x10ffff ? entity : String.fromCodePoint(code);
  });
}
