import { useQueryStates } from "nuqs";
import type { Trait } from "../../../triage/failures/file-traits.ts";
import { groupFilesState } from "./group-state.ts";

/** Which of a group's files are listed, as the address has it, and what changes it. Each change begins at the newest. */
export function useGroupFiles() {
  const [{ all, attribute, value, cursor }, setState] = useQueryStates(groupFilesState, { history: "push" });
  const trait: Trait | null = attribute === null || value === null ? null : { attribute, value };
  return {
    all,
    trait,
    cursor,
    setAll: (next: boolean) => void setState({ all: next, cursor: null }),
    setTrait: (next: Trait | null) =>
      void setState({ attribute: next?.attribute ?? null, value: next?.value ?? null, cursor: null }),
    setCursor: (next: string | null) => void setState({ cursor: next }),
  };
}
