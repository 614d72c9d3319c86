"use client";

import { Kbd, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type FileStatus, fileStatuses } from "../../pipeline/files/file-view.ts";
import { projectsQuery } from "../projects/projects.query.ts";
import { stateWords } from "../status/state-words.ts";
import { StateIcon } from "../status/status-mark.tsx";
import { toggledStatus } from "./files.model.ts";
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
      <NameField q={filters.q} onType={onType} />
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
      <fieldset className={classes.statuses}>
        <legend className={classes.legend}>Status</legend>
        {fileStatuses.map((status) => (
          <button
            key={status}
            type="button"
            className={classes.status}
            aria-pressed={filters.status.includes(status)}
            onClick={() => onChange({ status: toggledStatus(filters.status, status) })}
          >
            <StateIcon state={status} size={13} />
            {stateWords[status]}
          </button>
        ))}
      </fieldset>
    </search>
  );
}

/** The field keeps what is typed; the address follows when the typing pauses. */
function NameField({ q, onType }: { q: string; onType: (q: string) => void }) {
  const [typed, setTyped] = useState(q);
  const settle = useDebouncedCallback(onType, 250);
  useEffect(() => setTyped(q), [q]);
  return (
    <TextInput
      className={classes.name ?? ""}
      type="search"
      aria-label="Search by name"
      placeholder="Search by name"
      leftSection={<IconSearch size={14} stroke={1.8} aria-hidden="true" />}
      rightSection={typed === "" ? <Kbd size="xs">/</Kbd> : null}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        settle(event.currentTarget.value);
      }}
      data-search-field
    />
  );
}
