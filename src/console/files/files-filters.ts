import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { type FileStatus, fileStatuses } from "../../pipeline/files/file-view.ts";

/** The state of the list that stands in the address. */
export const filesFilters = {
  status: parseAsArrayOf(parseAsStringLiteral(fileStatuses)).withDefault([]),
  project: parseAsString.withDefault(""),
  q: parseAsString.withDefault(""),
  /** Where the page begins, as the API gave it; null: at the newest. */
  cursor: parseAsString,
};

/** What a list of files is asked with. */
export interface FilesFilters {
  readonly status: readonly FileStatus[];
  readonly project: string;
  readonly q: string;
  readonly cursor: string | null;
}

/** True when the list shows less than everything, so that its being empty says nothing about the whole. */
export function isNarrowed(filters: FilesFilters): boolean {
  return filters.status.length > 0 || filters.project !== "" || filters.q !== "" || filters.cursor !== null;
}
