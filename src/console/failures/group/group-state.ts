import { parseAsBoolean, parseAsString } from "nuqs/server";

/** The state of a group's list of files that stands in the address. */
export const groupFilesState = {
  /** True: also the files that have gone on since. */
  all: parseAsBoolean.withDefault(false),
  cursor: parseAsString,
};
