/** What stands in the place of a value that nobody is shown. */
export const redactedMark = "[redacted]";

/** What stands in the place of a value that only admins are shown. */
export const adminsOnlyMark = "[admins only]";

/** Values of which fields are not shown, and what is shown instead. */
export interface RedactionRule {
  /** A name as `fieldName` takes it. */
  readonly field: string;
  readonly mark: typeof redactedMark | typeof adminsOnlyMark;
}

/** The names that lead to a value, each as names are compared. */
type Path = readonly string[];

/** A payload as it may be shown; the very same where nothing in it is hidden. The payload itself is not changed. */
export type Redact = (payload: unknown) => unknown;

/**
 * Hides the values of fields by their names, at any depth: in objects, in lists of them, and in texts that are JSON.
 * A field is told by the end of its path, in which a key with dots counts as several; case, `-` and `_` make no
 * difference, and `*` stands for any characters but a dot. What is null has no value to hide. Pure.
 */
export function createRedact(rules: readonly RedactionRule[]): Redact {
  const folded = rules.map(({ field, mark }) => ({ names: namesOf(field), mark }));
  const markOf = (path: Path) => folded.find(({ names }) => endsIn(path, names))?.mark;

  function shown(value: unknown, path: Path): unknown {
    if (typeof value === "string") return shownText(value, path);
    if (Array.isArray(value)) {
      const items = value.map((item) => shown(item, path));
      return items.every((item, at) => item === value[at]) ? value : items;
    }
    if (value === null || typeof value !== "object") return value;
    const before = Object.entries(value);
    const after = before.map(([key, inner]) => [key, shownField(inner, [...path, ...namesOf(key)])] as const);
    return after.every(([, inner], at) => inner === before[at]?.[1]) ? value : Object.fromEntries(after);
  }

  function shownField(value: unknown, path: Path): unknown {
    if (value === null || value === undefined) return value;
    return markOf(path) ?? shown(value, path);
  }

  function shownText(text: string, path: Path): string {
    if (!/^\s*[[{]/.test(text)) return text;
    const parsed = parseJson(text);
    if (parsed === undefined) return markOfCutOff(text) ?? text;
    const inner = shown(parsed, path);
    return inner === parsed ? text : JSON.stringify(inner);
  }

  /** A text that was cut off within: where values end is not known, nor in what they lie, so the whole is hidden. */
  function markOfCutOff(text: string): string | undefined {
    const keys = Array.from(text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g), ([, key = ""]) => namesOf(key));
    return folded.find(({ names }) => keys.some((key) => endsIn(key, names.slice(-1))))?.mark;
  }

  return (payload) => shown(payload, []);
}

/** A name, or a path of them, by which fields are compared. */
export function foldName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, "");
}

function namesOf(field: string): Path {
  return foldName(field).split(".");
}

function endsIn(path: Path, names: Path): boolean {
  const from = path.length - names.length;
  return from >= 0 && names.every((name, at) => fits(path[from + at] ?? "", name));
}

/** Whether a name is one with `*` in it. Each part is looked for once: a regular expression might try for ever. */
function fits(name: string, pattern: string): boolean {
  const [first = "", ...parts] = pattern.split("*");
  const last = parts.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

/** What a text says as JSON; undefined for what is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
