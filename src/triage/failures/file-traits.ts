/** By what failed files can be told from those that succeeded. */
export const fileAttributes = ["type", "size", "pages", "project", "graph", "model"] as const;

/** One of them. */
export type FileAttribute = (typeof fileAttributes)[number];

/** What is known of a file that may tell it from others. */
export interface ComparedFile {
  readonly mediaType: string;
  readonly bytes: number;
  /** Null where it was never looked into. */
  readonly pages: number | null;
  /** The slug. */
  readonly project: string;
  /** The graph version of the run in which it failed, or of its newest run; null where that is gone. */
  readonly graphVersion: number | null;
  /** The embedding model of that run. */
  readonly model: string | null;
}

/** Something that a file has, by the value that filters by it. */
export interface Trait {
  readonly attribute: FileAttribute;
  readonly value: string;
}

/** A class of sizes or lengths; both ends belong to it. */
interface Range {
  readonly from: number;
  readonly upTo: number | null;
  readonly label: string;
}

const sizes: readonly Range[] = [
  { from: 0, upTo: 100_000, label: "up to 100 kB" },
  { from: 100_001, upTo: 1_000_000, label: "100 kB to 1 MB" },
  { from: 1_000_001, upTo: 10_000_000, label: "1 to 10 MB" },
  { from: 10_000_001, upTo: null, label: "over 10 MB" },
];

const lengths: readonly Range[] = [
  { from: 0, upTo: 1, label: "one page" },
  { from: 2, upTo: 10, label: "2 to 10 pages" },
  { from: 11, upTo: 100, label: "11 to 100 pages" },
  { from: 101, upTo: null, label: "over 100 pages" },
];

/** What a file has; what is not known of it is left out. Pure. */
export function traitsOf(file: ComparedFile): Trait[] {
  const { mediaType, bytes, pages, project, graphVersion, model } = file;
  return [
    { attribute: "type", value: mediaType },
    { attribute: "project", value: project },
    ...inClass("size", sizes, bytes),
    ...(pages === null ? [] : inClass("pages", lengths, pages)),
    ...(graphVersion === null ? [] : [{ attribute: "graph" as const, value: String(graphVersion) }]),
    ...(model === null ? [] : [{ attribute: "model" as const, value: model }]),
  ];
}

function inClass(attribute: FileAttribute, classes: readonly Range[], value: number): Trait[] {
  const range = classes.find(({ upTo }) => upTo === null || value <= upTo);
  return range === undefined ? [] : [{ attribute, value: nameOf(range) }];
}

function nameOf({ from, upTo }: Range): string {
  return `${from}-${upTo ?? ""}`;
}

/** The bytes or pages that such a value stands for; undefined for what is no class of the attribute. Pure. */
export function rangeOf(attribute: "size" | "pages", value: string): Range | undefined {
  return (attribute === "size" ? sizes : lengths).find((range) => nameOf(range) === value);
}

/** A trait's value as a person reads it. Pure. */
export function traitLabel({ attribute, value }: Trait): string {
  switch (attribute) {
    case "size":
    case "pages":
      return rangeOf(attribute, value)?.label ?? value;
    case "graph":
      return `version ${value}`;
    case "type":
    case "project":
    case "model":
      return value;
  }
}
