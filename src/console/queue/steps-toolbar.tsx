"use client";

import { ProjectSelect, StepSelect } from "../list/filter-select.tsx";
import { Toolbar } from "../list/toolbar.tsx";
import type { StepsFilter } from "./queue-state.ts";

/** Step and project of a list of steps. */
export function StepsToolbar(props: {
  filter: StepsFilter;
  onChange: (change: Partial<Omit<StepsFilter, "cursor">>) => void;
}) {
  const { filter, onChange } = props;
  return (
    <Toolbar label="Steps of the queue">
      <StepSelect value={filter.step} onChange={(step) => onChange({ step })} />
      <ProjectSelect value={filter.project} onChange={(project) => onChange({ project })} />
    </Toolbar>
  );
}
