"use client";

import { ChoiceRow } from "../../list/choice-row.tsx";
import { ProjectSelect } from "../../list/filter-select.tsx";
import { ListTools } from "../../list/list-tools.tsx";
import { Toolbar } from "../../list/toolbar.tsx";
import { type ShownKind, shownKinds } from "../budgets-state.ts";

const words: Readonly<Record<ShownKind, string>> = {
  all: "All",
  holding: "Holding steps",
  alerted: "Crossed a threshold",
};

/** Which budgets the list shows. */
export function BudgetsToolbar(props: {
  project: string;
  show: ShownKind;
  counts: Readonly<Record<ShownKind, number>>;
  onChange: (change: { project?: string; show?: ShownKind }) => void;
}) {
  return (
    <Toolbar label="Budgets">
      <ProjectSelect value={props.project} onChange={(project) => props.onChange({ project })} />
      <ChoiceRow
        legend="Which"
        choices={shownKinds.map((kind) => ({ value: kind, label: words[kind], count: props.counts[kind] }))}
        value={props.show}
        onChange={(show) => props.onChange({ show })}
      />
      <ListTools path="/api/v1/budgets" query={{}} />
    </Toolbar>
  );
}
