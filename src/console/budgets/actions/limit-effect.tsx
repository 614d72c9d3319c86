import type { ForecastBudget, HeldStepView } from "../../../costs/budgets/budget-view.ts";
import { formatCounted } from "../../format/count.ts";
import { formatMoney } from "../../format/money.ts";
import { Effect, type EffectLine } from "./deed-dialog.tsx";
import { type LimitEffect as Effects, limitEffect } from "./raise.model.ts";

/** What a limit would let go on, and what would be left. */
export function LimitEffect(props: {
  budget: ForecastBudget;
  held: readonly HeldStepView[];
  limitNanoUsd: bigint;
}) {
  const { budget, held, limitNanoUsd } = props;
  const effect = limitEffect(budget, held, limitNanoUsd);
  const unknown = Math.max(0, budget.holds.count - held.length);
  const holds = budget.holds.count > 0 ? holdLines(budget, effect, unknown) : [];
  return <Effect lines={budget.scope === "file" ? holds : [...holds, roomLine(effect)]} />;
}

function holdLines(budget: ForecastBudget, effect: Effects, unknown: number): EffectLine[] {
  const going = `${formatCounted(effect.goOn, "step")} of ${formatCounted(effect.files, "file")}`;
  const perFile = budget.scope === "file" ? ", where what its file has cost leaves room" : "";
  const unread = unknown > 0 ? `, and of ${formatCounted(unknown, "more", "more")} it is not known` : "";
  return [
    { name: "Goes on", value: effect.goOn === 0 ? "nothing" : `${going}${perFile}` },
    {
      name: "Stays held",
      value: `${effect.stay === 0 ? "nothing" : formatCounted(effect.stay, "step")}${unread}`,
    },
  ];
}

function roomLine(effect: Effects): EffectLine {
  if (effect.excessNanoUsd === 0n) return { name: "Free then", value: formatMoney(effect.freeNanoUsd) };
  const above = formatMoney(effect.excessNanoUsd);
  return { name: "Above it", value: `${above}: nothing more is begun until there is room` };
}
