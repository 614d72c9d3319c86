"use client";

import { breakerProviders } from "../../db/breaker-states.ts";
import { stuckReasons } from "../../db/stuck-states.ts";
import { providerNames } from "../../providers/provider-names.ts";
import { FilterSelect, ProjectSelect, StepSelect } from "../list/filter-select.tsx";
import { ListTools } from "../list/list-tools.tsx";
import { Toolbar } from "../list/toolbar.tsx";
import { reasonWords } from "./stuck.model.ts";
import type { StuckFilters } from "./stuck-filters.ts";

type Change = Partial<Omit<StuckFilters, "cursor">>;

/** Reason, step, project and provider of the list of stuck steps. */
export function StuckToolbar(props: { filters: StuckFilters; onChange: (change: Change) => void }) {
  const { filters, onChange } = props;
  return (
    <Toolbar label="Stuck steps">
      <FilterSelect
        label="Reason"
        all="All reasons"
        choices={stuckReasons.map((value) => ({ value, label: reasonWords[value] }))}
        value={filters.reason}
        onChange={(reason) => onChange({ reason })}
      />
      <StepSelect value={filters.step} onChange={(step) => onChange({ step })} />
      <ProjectSelect value={filters.project} onChange={(project) => onChange({ project })} />
      <FilterSelect
        label="Provider"
        all="All providers"
        choices={breakerProviders.map((value) => ({ value, label: providerNames[value] }))}
        value={filters.provider}
        onChange={(provider) => onChange({ provider })}
      />
      <ListTools path="/api/v1/stuck" query={{ ...filters }} />
    </Toolbar>
  );
}
