"use client";

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { projectsQuery } from "../../projects/projects.query.ts";
import { type ShownKind, shownKinds } from "../budgets-state.ts";
import { ChoiceRow } from "../choice-row.tsx";
import classes from "./budgets-toolbar.module.css";

const words: Readonly<Record<ShownKind, string>> = {
  all: "All",
  holding: "Holding steps",
  alerted: "Over a threshold",
};

/** Which budgets the list shows. */
export function BudgetsToolbar(props: {
  project: string;
  show: ShownKind;
  counts: Readonly<Record<ShownKind, number>>;
  onChange: (change: { project?: string; show?: ShownKind }) => void;
}) {
  const projects = useQuery(projectsQuery);
  return (
    <search className={classes.toolbar} aria-label="Budgets">
      <Select
        aria-label="Project"
        className={classes.project ?? ""}
        placeholder="All projects"
        data={projects.data?.map(({ slug }) => slug) ?? (props.project ? [props.project] : [])}
        value={props.project || null}
        onChange={(project) => props.onChange({ project: project ?? "" })}
        searchable
        clearable
      />
      <ChoiceRow
        legend="Which"
        choices={shownKinds.map((kind) => ({ value: kind, label: words[kind], count: props.counts[kind] }))}
        value={props.show}
        onChange={(show) => props.onChange({ show })}
      />
    </search>
  );
}
