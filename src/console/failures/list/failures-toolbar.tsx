"use client";

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FailureState, failureSorts, failureStates } from "../../../db/failure-states.ts";
import { currentGraph } from "../../../pipeline/graph.ts";
import { projectsQuery } from "../../projects/projects.query.ts";
import { SearchField } from "../../table/search-field.tsx";
import { ToggleRow } from "../../table/toggle-row.tsx";
import { FailureMark } from "../failure-mark.tsx";
import { type FailuresFilters, failureSpans } from "./failures-filters.ts";
import classes from "./failures-toolbar.module.css";

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
  const projects = useQuery(projectsQuery);
  return (
    <search className={classes.toolbar} aria-label="Failures">
      <SearchField label="Search in messages and codes" value={filters.q} onType={props.onType} />
      <Select
        aria-label="Project"
        className={classes.choice ?? ""}
        placeholder="All projects"
        data={projects.data?.map(({ slug }) => slug) ?? (filters.project ? [filters.project] : [])}
        value={filters.project || null}
        onChange={(project) => onChange({ project: project ?? "" })}
        searchable
        clearable
      />
      <Select
        aria-label="Step"
        className={classes.choice ?? ""}
        placeholder="All steps"
        data={currentGraph.steps.map(({ name }) => name)}
        value={filters.step || null}
        onChange={(step) => onChange({ step: step ?? "" })}
        clearable
      />
      <Select
        aria-label="Time"
        className={classes.choice ?? ""}
        placeholder="Any time"
        data={failureSpans.map((value) => ({ value, label: spanWords[value] }))}
        value={filters.since}
        onChange={(since) => onChange({ since: failureSpans.find((span) => span === since) ?? null })}
        clearable
      />
      <Select
        aria-label="Order"
        className={classes.choice ?? ""}
        allowDeselect={false}
        data={failureSorts.map((value) => ({ value, label: sortWords[value] }))}
        value={filters.sort}
        onChange={(sort) => onChange({ sort: failureSorts.find((one) => one === sort) ?? "last-seen" })}
      />
      <ToggleRow
        legend="State"
        choices={failureStates.map((value) => ({ value, label: <FailureMark state={value} /> }))}
        chosen={filters.state}
        onChange={(state) => onChange({ state })}
      />
    </search>
  );
}
