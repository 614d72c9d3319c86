import type { Selection } from "../../triage/plans/plan-view.ts";
import type { Chosen } from "../list/choose/chosen.model.ts";
import type { FilesFilters } from "./files-filters.ts";

/** What a plan of the chosen files is made of. Pure. */
export function filesSelection({ ids, every }: Chosen, filters: FilesFilters): Selection {
  if (!every) return { kind: "files", files: [...ids] };
  const { project, status, step, q } = filters;
  return {
    kind: "filter",
    filter: {
      ...(project !== "" && { project }),
      ...(status.length > 0 && { status: [...status] }),
      ...(step !== "" && { step }),
      ...(q !== "" && { q }),
    },
  };
}
