"use client";

import { type FileStatus, fileStatuses } from "../../pipeline/files/file-view.ts";
import { ProjectSelect, StepSelect } from "../list/filter-select.tsx";
import { ListTools } from "../list/list-tools.tsx";
import { SearchField } from "../list/search-field.tsx";
import { ToggleRow } from "../list/toggle-row.tsx";
import { Toolbar } from "../list/toolbar.tsx";
import { stateWords } from "../status/state-words.ts";
import { StateIcon } from "../status/status-mark.tsx";
import type { FilesFilters } from "./files-filters.ts";

/** Search, project, failed step and statuses of the list of files. */
export function FilesToolbar(props: {
  filters: FilesFilters;
  onChange: (change: { status?: FileStatus[]; project?: string; step?: string }) => void;
  onType: (q: string) => void;
}) {
  const { filters, onChange, onType } = props;
  return (
    <Toolbar label="Files">
      <SearchField label="Search by name" value={filters.q} onType={onType} />
      <ProjectSelect value={filters.project} onChange={(project) => onChange({ project })} />
      <StepSelect value={filters.step} all="Failed at any step" onChange={(step) => onChange({ step })} />
      <ToggleRow
        legend="Status"
        choices={fileStatuses.map((value) => ({ value, label: <StatusLabel status={value} /> }))}
        chosen={filters.status}
        onChange={(status) => onChange({ status })}
      />
      <ListTools path="/api/v1/files" query={{ ...filters }} />
    </Toolbar>
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
