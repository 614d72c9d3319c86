import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { type FileStatus, fileStatuses } from "../../pipeline/files/file-view.ts";

/** The state of the list that stands in the address. */
export const filesFilters = {
  status: parseAsArrayOf(parseAsStringLiteral(fileStatuses)).withDefault([]),
  project: parseAsString.withDefault(""),
  /** The step at which they stand failed; empty: at any, or none. */
  step: parseAsString.withDefault(""),
  q: parseAsString.withDefault(""),
  /** Where the page begins, as the API gave it; null: at the newest. */
  cursor: parseAsString,
};

/** What a list of files is asked with. */
export interface FilesFilters {
  readonly status: readonly FileStatus[];
  readonly project: string;
  readonly step: string;
  readonly q: string;
  readonly cursor: string | null;
}

/** True when the list shows less than everything, so that its being empty says nothing about the whole. */
export function isNarrowed({ status, project, step, q, cursor }: FilesFilters): boolean {
  return status.length > 0 || project !== "" || step !== "" || q !== "" || cursor !== null;
}
