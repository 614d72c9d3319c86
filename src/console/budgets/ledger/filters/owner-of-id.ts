import type { FilterChange } from "./ledger-filters.ts";

/** Which filter an id is for, told by its form; null for what is the id of no file, run or attempt. Pure. */
export function ownerOfId(typed: string): FilterChange | null {
  const id = typed.trim().replace(/^["'`]+|["'`,;.]+$/g, "");
  const none = { file: null, run: null, attempt: null };
  if (/^file_\w+$/.test(id)) return { ...none, file: id };
  if (/^run_\w+$/.test(id)) return { ...none, run: id };
  if (/^att_\w+$/.test(id)) return { ...none, attempt: id };
  return null;
}
