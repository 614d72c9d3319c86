"use client";

import { useState } from "react";
import type { ForecastBudget, HeldStepView } from "../../../costs/budgets/budget-view.ts";
import { dollarsAsTyped, parseDollars } from "../../format/money-input.ts";
import { reasonOf, useChangeBudget } from "./budget-deeds.ts";
import { DeedDialog } from "./deed-dialog.tsx";
import { LimitEffect } from "./limit-effect.tsx";
import { LimitField } from "./limit-field.tsx";
import { RuleFields } from "./rule-fields.tsx";
import { parseThresholds } from "./thresholds.ts";

/** Changes a budget's limit, its mode and its thresholds. */
export function ChangeDialog(props: {
  budget: ForecastBudget;
  held: readonly HeldStepView[];
  onClose: () => void;
}) {
  const { budget, held, onClose } = props;
  const [before] = useState(budget);
  const [typed, setTyped] = useState(dollarsAsTyped(BigInt(before.limitNanoUsd)));
  const [mode, setMode] = useState(before.mode);
  const [thresholds, setThresholds] = useState(before.thresholds.join(", "));
  const [reason, setReason] = useState("");
  const change = useChangeBudget(budget, onClose);
  const limit = parseDollars(typed);
  const percents = parseThresholds(thresholds);
  const changed = {
    ...(limit !== null && limit !== BigInt(before.limitNanoUsd) && { limitNanoUsd: limit.toString() }),
    ...(mode !== before.mode && { mode }),
    ...(percents !== null && percents.join() !== before.thresholds.join() && { thresholds: percents }),
  };
  return (
    <DeedDialog
      title={`Change the ${budget.name}`}
      deed="Change"
      ready={limit !== null && percents !== null && Object.keys(changed).length > 0}
      pending={change.isPending}
      error={change.error}
      reason={reason}
      onReason={setReason}
      onSubmit={() => change.mutate({ ...changed, ...reasonOf(reason) })}
      onClose={onClose}
    >
      <LimitField value={typed} onChange={setTyped} />
      <RuleFields mode={mode} thresholds={thresholds} onMode={setMode} onThresholds={setThresholds} />
      {limit !== null && mode === "hard" && <LimitEffect budget={budget} held={held} limitNanoUsd={limit} />}
    </DeedDialog>
  );
}
