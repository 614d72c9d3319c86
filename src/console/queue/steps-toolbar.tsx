"use client";

import { ProjectSelect, StepSelect } from "../list/filter-select.tsx";
import { ListTools } from "../list/list-tools.tsx";
import { Toolbar } from "../list/toolbar.tsx";
import type { StepsFilter } from "./queue-state.ts";

/** Step and project of a list of steps. */
export function StepsToolbar(props: {
  list: "in-flight" | "delayed";
  filter: StepsFilter;
  onChange: (change: Partial<Omit<StepsFilter, "cursor">>) => void;
}) {
  const { filter, onChange } = props;
  return (
    <Toolbar label="Steps of the queue">
      <StepSelect value={filter.step} onChange={(step) => onChange({ step })} />
      <ProjectSelect value={filter.project} onChange={(project) => onChange({ project })} />
      <ListTools
        path="/api/v1/queue/steps"
        query={{ list: props.list, step: filter.step, project: filter.project }}
      />
    </Toolbar>
  );
}
