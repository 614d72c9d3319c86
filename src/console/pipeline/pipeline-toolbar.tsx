"use client";

import { Select } from "@mantine/core";
import type { GraphVersion } from "../../triage/graph-versions/graph-version-view.ts";
import { rangeWords } from "../dashboards/range-words.ts";
import { type LiveRange, liveRanges } from "../dashboards/shown-time.model.ts";
import { ChoiceRow } from "../list/choice-row.tsx";
import { FilterSelect } from "../list/filter-select.tsx";
import { Toolbar } from "../list/toolbar.tsx";
import classes from "./pipeline-page.module.css";

interface Change {
  readonly version?: number;
  readonly against?: number | null;
  readonly range?: LiveRange;
}

/** Which version is drawn, against which, and of which time the figures are. */
export function PipelineToolbar(props: {
  versions: readonly GraphVersion[];
  version: number;
  against: number | null;
  range: LiveRange;
  onChange: (change: Change) => void;
}) {
  const { version, against, onChange } = props;
  const known = props.versions.map((each) => each.version);
  const all = known.includes(version) ? known : [version, ...known];
  const choices = all.map((each) => ({ value: String(each), label: `Version ${each}` }));
  return (
    <Toolbar label="Pipeline">
      <Select
        aria-label="Version that is drawn"
        className={classes.version ?? ""}
        allowDeselect={false}
        data={choices}
        value={String(version)}
        onChange={(chosen) => chosen !== null && onChange({ version: Number(chosen) })}
      />
      <FilterSelect
        label="Version that it is held against"
        all="against no other"
        choices={choices
          .filter(({ value }) => value !== String(version))
          .map(({ value, label }) => ({ value, label: `against ${label.toLowerCase()}` }))}
        value={against === null ? null : String(against)}
        onChange={(chosen) => onChange({ against: chosen === null ? null : Number(chosen) })}
      />
      <ChoiceRow
        legend="Time of the figures"
        choices={liveRanges.map((value) => ({ value, label: rangeWords[value] }))}
        value={props.range}
        onChange={(range) => onChange({ range })}
      />
    </Toolbar>
  );
}
