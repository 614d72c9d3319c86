import { type Choosing, useChosen } from "../list/choose/use-chosen.ts";
import { type PlanKeys, usePlanKeys } from "./use-plan-keys.ts";

/** A row of a list of files that are not told of by themselves, as those of a failure are. */
interface ListedFile {
  readonly fileId: string;
  /** Null where the file is gone. */
  readonly name: string | null;
}

/** What names such a row. */
export const fileIdOf = ({ fileId }: ListedFile) => fileId;

const rows = {
  words: ["file", "files"],
  idOf: fileIdOf,
  nameOf: ({ fileId, name }: ListedFile) => name ?? fileId,
} as const;

/** Lets files of a list be chosen, and requeued by a plan: the one that has the focus, or those that are chosen. */
export function usePlannedFiles<Item extends ListedFile>(
  items: readonly Item[],
): { choosing: Choosing<Item>; planning: PlanKeys } {
  const choosing = useChosen<Item>(items, rows);
  const planning = usePlanKeys<Item>({
    ...{ items, keyOf: fileIdOf, word: "file", choosing },
    selectionOf: ({ fileId }) => ({ kind: "files", files: [fileId] }),
    chosen: { kind: "files", files: [...choosing.ids] },
  });
  return { choosing, planning };
}
