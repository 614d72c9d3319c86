"use client";

import { PlanButton } from "../../plan/plan-button.tsx";
import { useGroupFiles } from "./use-group-files.ts";

/** Plans a requeue of all files that stand failed by the group, or of those that its list is narrowed to. */
export function GroupPlan({ id }: { id: string }) {
  const { trait } = useGroupFiles();
  return (
    <PlanButton
      selection={{ kind: "group", group: id, ...(trait !== null && { where: trait }) }}
      label={trait === null ? "Requeue…" : "Requeue those with the trait…"}
    />
  );
}
