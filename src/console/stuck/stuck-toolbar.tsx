"use client";

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { stuckReasons } from "../../db/stuck-states.ts";
import { currentGraph } from "../../pipeline/graph.ts";
import { projectsQuery } from "../projects/projects.query.ts";
import { reasonWords } from "./stuck.model.ts";
import type { StuckFilters } from "./stuck-filters.ts";
import classes from "./stuck-page.module.css";

type Change = Partial<Omit<StuckFilters, "cursor">>;

/** Reason, step and project of the list of stuck steps. */
export function StuckToolbar(props: { filters: StuckFilters; onChange: (change: Change) => void }) {
  const { filters, onChange } = props;
  const projects = useQuery(projectsQuery);
  return (
    <search className={classes.toolbar} aria-label="Stuck steps">
      <Select
        aria-label="Reason"
        className={classes.choice ?? ""}
        placeholder="All reasons"
        data={stuckReasons.map((value) => ({ value, label: reasonWords[value] }))}
        value={filters.reason}
        onChange={(reason) => onChange({ reason: stuckReasons.find((one) => one === reason) ?? null })}
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
        aria-label="Project"
        className={classes.choice ?? ""}
        placeholder="All projects"
        data={projects.data?.map(({ slug }) => slug) ?? (filters.project ? [filters.project] : [])}
        value={filters.project || null}
        onChange={(project) => onChange({ project: project ?? "" })}
        searchable
        clearable
      />
    </search>
  );
}
