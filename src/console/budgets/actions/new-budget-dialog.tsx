"use client";

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ForecastBudget } from "../../../costs/budgets/budget-view.ts";
import { sentenceOf } from "../../api-error.ts";
import { projectsQuery } from "../../projects/projects.query.ts";
import { newRequestKey } from "../../request-key.ts";
import { reasonOf, useCreateBudget } from "./budget-deeds.ts";
import { DeedDialog, Effect } from "./deed-dialog.tsx";
import { LimitField } from "./limit-field.tsx";
import {
  budgetSentence,
  type Draft,
  draftOf,
  needsProject,
  needsStep,
  scopeWords,
  stepsOf,
  windowNames,
  zoneMatters,
} from "./new-budget.model.ts";
import classes from "./new-budget-dialog.module.css";
import { RuleFields } from "./rule-fields.tsx";

/** Makes a budget. */
export function NewBudgetDialog(props: {
  project: string;
  onClose: () => void;
  onMade: (budget: ForecastBudget) => void;
}) {
  const [draft, setDraft] = useState<Draft>(() => ({
    scope: props.project === "" ? "deployment" : "project",
    project: props.project === "" ? null : props.project,
    step: "embed",
    window: "month",
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    limit: "",
    mode: "hard",
    thresholds: "50, 80, 100",
  }));
  const [reason, setReason] = useState("");
  const [key, setKey] = useState(newRequestKey);
  const create = useCreateBudget(key, props.onMade);
  // Another draft is another request.
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setKey(newRequestKey());
  };
  const budget = draftOf(draft);
  return (
    <DeedDialog
      title="New budget"
      deed="Make it"
      ready={budget !== null}
      pending={create.isPending}
      error={create.error}
      reason={reason}
      onReason={setReason}
      onSubmit={() => budget !== null && create.mutate({ ...budget, ...reasonOf(reason) })}
      onClose={props.onClose}
    >
      <Subject draft={draft} onChange={change} />
      <LimitField value={draft.limit} onChange={(limit) => change({ limit })} />
      <RuleFields
        mode={draft.mode}
        thresholds={draft.thresholds}
        onMode={(mode) => change({ mode })}
        onThresholds={(thresholds) => change({ thresholds })}
      />
      {budget !== null && <Effect lines={[{ name: "That is", value: budgetSentence(budget) }]} />}
    </DeedDialog>
  );
}

function Subject({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const projects = useQuery(projectsQuery);
  return (
    <div className={classes.fields}>
      <Select
        label="Of"
        allowDeselect={false}
        data={scopeWords}
        value={draft.scope}
        onChange={(value) => {
          const scope = scopeWords.find((one) => one.value === value)?.value;
          if (scope) onChange({ scope });
        }}
      />
      {draft.scope !== "deployment" && (
        <Select
          label="Project"
          placeholder={needsProject(draft.scope) ? "Choose" : "Every project"}
          data={projects.data?.map(({ slug }) => slug) ?? []}
          value={draft.project}
          onChange={(project) => onChange({ project })}
          error={projects.error === null ? undefined : sentenceOf(projects.error)}
          clearable={!needsProject(draft.scope)}
          searchable
        />
      )}
      {needsStep(draft.scope) && (
        <Select
          label="Step"
          allowDeselect={false}
          data={stepsOf}
          value={draft.step}
          onChange={(step) => step !== null && onChange({ step })}
        />
      )}
      <Select
        label="In"
        allowDeselect={false}
        data={windowNames}
        value={draft.window}
        onChange={(value) => {
          const window = windowNames.find((one) => one.value === value)?.value;
          if (window) onChange({ window });
        }}
      />
      {zoneMatters(draft.window) && (
        <Select
          label="Time zone"
          allowDeselect={false}
          data={["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")]}
          value={draft.timeZone}
          onChange={(timeZone) => timeZone !== null && onChange({ timeZone })}
          searchable
          limit={100}
        />
      )}
    </div>
  );
}
