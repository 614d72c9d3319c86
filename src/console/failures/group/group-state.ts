import { parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { fileAttributes } from "../../../triage/failures/file-traits.ts";

/** The state of a group's list of files that stands in the address. */
export const groupFilesState = {
  /** True: also the files that have gone on since. */
  all: parseAsBoolean.withDefault(false),
  /** With `value`: only the files that have this trait. */
  attribute: parseAsStringLiteral(fileAttributes),
  value: parseAsString,
  cursor: parseAsString,
};
