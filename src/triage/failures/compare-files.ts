import type { FailureView } from "./failure-view.ts";

/** What is known of a file that may tell it from others. */
export interface ComparedFile {
  readonly mediaType: string;
  readonly bytes: number;
  /** Null where it was never looked into. */
  readonly pages: number | null;
  /** The slug. */
  readonly project: string;
}

type Common = FailureView["common"][number];
type Trait = Pick<Common, "attribute" | "value" | "label">;

const sizes = [
  { upTo: 100_000, value: "0-100000", label: "up to 100 kB" },
  { upTo: 1_000_000, value: "100000-1000000", label: "100 kB to 1 MB" },
  { upTo: 10_000_000, value: "1000000-10000000", label: "1 to 10 MB" },
  { upTo: Number.POSITIVE_INFINITY, value: "10000000-", label: "over 10 MB" },
];

const lengths = [
  { upTo: 1, value: "0-1", label: "one page" },
  { upTo: 10, value: "2-10", label: "2 to 10 pages" },
  { upTo: 100, value: "11-100", label: "11 to 100 pages" },
  { upTo: Number.POSITIVE_INFINITY, value: "101-", label: "over 100 pages" },
];

/**
 * What is more common among files that failed than among those that succeeded, the greatest difference of the shares
 * first. Traits that are as common among both say nothing, and are left out. Pure.
 */
export function compareFiles(failed: readonly ComparedFile[], succeeded: readonly ComparedFile[]): Common[] {
  const counts = new Map<string, Common>();
  for (const [files, side] of [
    [failed, "failed"],
    [succeeded, "succeeded"],
  ] as const) {
    for (const trait of files.flatMap(traitsOf)) {
      const key = JSON.stringify([trait.attribute, trait.value]);
      const none = { failed: 0, failedOf: failed.length, succeeded: 0, succeededOf: succeeded.length };
      const before = counts.get(key) ?? { ...trait, ...none };
      counts.set(key, { ...before, [side]: before[side] + 1 });
    }
  }
  return [...counts.values()]
    .filter((common) => excess(common) > 0)
    .toSorted((a, b) => excess(b) - excess(a));
}

function excess({ failed, failedOf, succeeded, succeededOf }: Common): number {
  return failed / Math.max(1, failedOf) - succeeded / Math.max(1, succeededOf);
}

function traitsOf({ mediaType, bytes, pages, project }: ComparedFile): Trait[] {
  const size = sizes.find(({ upTo }) => bytes <= upTo);
  const length = pages === null ? undefined : lengths.find(({ upTo }) => pages <= upTo);
  return [
    { attribute: "type", value: mediaType, label: mediaType },
    { attribute: "project", value: project, label: project },
    ...(size ? [{ attribute: "size" as const, value: size.value, label: size.label }] : []),
    ...(length ? [{ attribute: "pages" as const, value: length.value, label: length.label }] : []),
  ];
}
