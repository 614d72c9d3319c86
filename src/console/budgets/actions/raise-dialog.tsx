"use client";

import { Button, Group } from "@mantine/core";
import { useState } from "react";
import type { ForecastBudget, HeldStepView } from "../../../costs/budgets/budget-view.ts";
import { formatMoney } from "../../format/money.ts";
import { dollarsAsTyped, parseDollars } from "../../format/money-input.ts";
import { reasonOf, useChangeBudget } from "./budget-deeds.ts";
import { DeedDialog } from "./deed-dialog.tsx";
import { LimitEffect } from "./limit-effect.tsx";
import { LimitField } from "./limit-field.tsx";
import { limitForAll } from "./raise.model.ts";

/** Raises a budget's limit, and says before what would go on then. */
export function RaiseDialog(props: {
  budget: ForecastBudget;
  held: readonly HeldStepView[];
  onClose: () => void;
}) {
  const { budget, held, onClose } = props;
  const present = BigInt(budget.limitNanoUsd);
  const forAll = limitForAll(budget, held);
  const [typed, setTyped] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const raise = useChangeBudget(budget, onClose);
  const value = typed ?? dollarsAsTyped(forAll > present ? forAll : present * 2n);
  const limit = parseDollars(value);
  const choices = [
    ...(forAll > present && budget.holds.count > 0
      ? [{ label: "Room for all that is held", limit: forAll }]
      : []),
    { label: "Twice as much", limit: present * 2n },
  ];
  return (
    <DeedDialog
      title={`Raise the ${budget.name}`}
      deed="Raise"
      ready={limit !== null && limit > present}
      pending={raise.isPending}
      error={raise.error}
      reason={reason}
      onReason={setReason}
      onSubmit={() => limit !== null && raise.mutate({ limitNanoUsd: limit.toString(), ...reasonOf(reason) })}
      onClose={onClose}
    >
      <div>
        <LimitField label={`New limit (now ${formatMoney(present)})`} value={value} onChange={setTyped} />
        <Group gap="xs" mt="xs">
          {choices.map((choice) => (
            <Button
              key={choice.label}
              variant="default"
              size="compact-xs"
              onClick={() => setTyped(dollarsAsTyped(choice.limit))}
            >
              {choice.label}: {formatMoney(choice.limit)}
            </Button>
          ))}
        </Group>
      </div>
      {limit !== null && <LimitEffect budget={budget} held={held} limitNanoUsd={limit} />}
    </DeedDialog>
  );
}
