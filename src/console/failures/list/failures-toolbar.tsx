"use client";

import { type FailureState, failureSorts, failureStates } from "../../../db/failure-states.ts";
import { FilterSelect, OrderSelect, ProjectSelect, StepSelect } from "../../list/filter-select.tsx";
import { ListTools } from "../../list/list-tools.tsx";
import { SearchField } from "../../list/search-field.tsx";
import { ToggleRow } from "../../list/toggle-row.tsx";
import { Toolbar } from "../../list/toolbar.tsx";
import { FailureMark } from "../failure-mark.tsx";
import { failuresQueryOf } from "../failures.query.ts";
import { type FailuresFilters, failureSpans } from "./failures-filters.ts";

const sortWords = {
  "last-seen": "Newest failure",
  "first-seen": "Newest cause",
  failures: "Most failures",
  files: "Most files",
  wasted: "Most money",
} as const;

const spanWords = {
  "1h": "Last hour",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
} as const;

type Change = Partial<Omit<FailuresFilters, "state" | "cursor">> & { state?: FailureState[] };

/** Search, states, project, step, time and order of the list of failure groups. */
export function FailuresToolbar(props: {
  filters: FailuresFilters;
  onChange: (change: Change) => void;
  onType: (q: string) => void;
}) {
  const { filters, onChange } = props;
  return (
    <Toolbar label="Failures">
      <SearchField label="Search in messages and codes" value={filters.q} onType={props.onType} />
      <ProjectSelect value={filters.project} onChange={(project) => onChange({ project })} />
      <StepSelect value={filters.step} onChange={(step) => onChange({ step })} />
      <FilterSelect
        label="Time"
        all="Any time"
        choices={failureSpans.map((value) => ({ value, label: spanWords[value] }))}
        value={filters.since}
        onChange={(since) => onChange({ since })}
      />
      <OrderSelect
        choices={failureSorts.map((value) => ({ value, label: sortWords[value] }))}
        value={filters.sort}
        onChange={(sort) => onChange({ sort })}
      />
      <ToggleRow
        legend="State"
        choices={failureStates.map((value) => ({ value, label: <FailureMark state={value} /> }))}
        chosen={filters.state}
        onChange={(state) => onChange({ state })}
      />
      <ListTools path="/api/v1/failures" query={failuresQueryOf(filters)} />
    </Toolbar>
  );
}
