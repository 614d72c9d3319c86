"use client";

import { UnstyledButton } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { formatComing } from "../../format/coming.ts";
import { ChoiceRow } from "../../list/choice-row.tsx";
import { ProjectSelect } from "../../list/filter-select.tsx";
import { Toolbar } from "../../list/toolbar.tsx";
import { useNow } from "../../shell/now.tsx";
import { useTimeChoice } from "../../time/time-zone.tsx";
import { filterLabel } from "./cost-chart.model.ts";
import { type CostsSpan, type Range, ranges } from "./costs-span.model.ts";
import { type CostsFilter, type Dimension, dimensions } from "./costs-state.ts";
import classes from "./costs-toolbar.module.css";

const rangeWords: Readonly<Record<Range, string>> = {
  "24h": "24 hours",
  "7d": "7 days",
  "30d": "30 days",
  "90d": "90 days",
  "1y": "A year",
};

/** What of the page's state can be changed here. */
interface Change {
  readonly project?: string;
  readonly range?: Range;
  readonly step?: string | null;
  readonly meter?: string | null;
  readonly model?: string | null;
  readonly from?: null;
  readonly to?: null;
}

/** Project, time and filters of the costs. */
export function CostsToolbar(props: {
  state: CostsFilter & { readonly range: Range; readonly from: string | null; readonly to: string | null };
  span: CostsSpan;
  onChange: (change: Change) => void;
}) {
  const { state, onChange } = props;
  const drawn = state.from !== null && state.to !== null;
  return (
    <Toolbar label="Costs">
      <ProjectSelect value={state.project} onChange={(project) => onChange({ project })} />
      <ChoiceRow
        legend="Time"
        choices={ranges.map((range) => ({ value: range, label: rangeWords[range] }))}
        value={drawn ? null : state.range}
        onChange={(range) => onChange({ range, from: null, to: null })}
      />
      <Chips {...props} drawn={drawn} />
    </Toolbar>
  );
}

function Chips(props: Parameters<typeof CostsToolbar>[0] & { drawn: boolean }) {
  const { state, span, onChange } = props;
  const now = useNow();
  const { timeZone } = useTimeChoice();
  // The server does not know the reader's clock.
  const mounted = useMounted();
  const named = dimensions.filter((name) => name !== "project" || state.project === "-");
  return (
    <>
      {props.drawn && mounted && (
        <Chip
          label={`${formatComing(span.from, now, timeZone)} to ${formatComing(span.to, now, timeZone)}`}
          onRemove={() => onChange({ from: null, to: null })}
        />
      )}
      {named
        .filter((name) => state[name] !== "")
        .map((name) => (
          <Chip key={name} label={chipText(name, state[name])} onRemove={() => onChange({ [name]: null })} />
        ))}
    </>
  );
}

function chipText(name: Dimension, value: string): string {
  const label = filterLabel(name, value);
  return label === value ? `${name} ${value}` : label;
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <UnstyledButton className={classes.chip} onClick={onRemove} aria-label={`Without: ${label}`}>
      {label}
      <IconX size={14} stroke={1.75} aria-hidden="true" />
    </UnstyledButton>
  );
}
