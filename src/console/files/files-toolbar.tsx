"use client";

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FileStatus, fileStatuses } from "../../pipeline/files/file-view.ts";
import { projectsQuery } from "../projects/projects.query.ts";
import { stateWords } from "../status/state-words.ts";
import { StateIcon } from "../status/status-mark.tsx";
import { SearchField } from "../table/search-field.tsx";
import { ToggleRow } from "../table/toggle-row.tsx";
import type { FilesFilters } from "./files-filters.ts";
import classes from "./files-toolbar.module.css";

/** Search, project and statuses of the list of files. */
export function FilesToolbar(props: {
  filters: FilesFilters;
  onChange: (change: { status?: FileStatus[]; project?: string }) => void;
  onType: (q: string) => void;
}) {
  const { filters, onChange, onType } = props;
  const projects = useQuery(projectsQuery);
  return (
    <search className={classes.toolbar} aria-label="Files">
      <SearchField label="Search by name" value={filters.q} onType={onType} />
      <Select
        aria-label="Project"
        className={classes.project ?? ""}
        placeholder="All projects"
        data={projects.data?.map(({ slug }) => slug) ?? (filters.project ? [filters.project] : [])}
        value={filters.project || null}
        onChange={(project) => onChange({ project: project ?? "" })}
        searchable
        clearable
      />
      <ToggleRow
        legend="Status"
        choices={fileStatuses.map((value) => ({ value, label: <StatusLabel status={value} /> }))}
        chosen={filters.status}
        onChange={(status) => onChange({ status })}
      />
    </search>
  );
}

function StatusLabel({ status }: { status: FileStatus }) {
  return (
    <>
      <StateIcon state={status} size={13} />
      {stateWords[status]}
    </>
  );
}
