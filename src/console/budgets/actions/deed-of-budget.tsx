"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import type { ForecastBudget } from "../../../costs/budgets/budget-view.ts";
import { holdsQuery } from "../budgets.query.ts";
import type { Deed } from "../budgets-state.ts";
import { ChangeDialog } from "./change-dialog.tsx";
import { RaiseDialog } from "./raise-dialog.tsx";
import { ReleaseDialog } from "./release-dialog.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";

/** The dialog for what is to be done about one budget, with what it holds as far as that was read. */
export function DeedOfBudget(props: {
  deed: Exclude<Deed, "new">;
  budget: ForecastBudget;
  onClose: () => void;
}) {
  const { deed, budget, onClose } = props;
  const holds = useInfiniteQuery({ ...holdsQuery(budget.id), enabled: budget.holds.count > 0 });
  const held = holds.data?.pages.flatMap(({ items }) => items) ?? [];
  switch (deed) {
    case "raise":
      return <RaiseDialog budget={budget} held={held} onClose={onClose} />;
    case "release":
      return <ReleaseDialog budget={budget} held={held} onClose={onClose} />;
    case "change":
      return <ChangeDialog budget={budget} held={held} onClose={onClose} />;
    case "remove":
      return <RemoveDialog budget={budget} onClose={onClose} />;
  }
}
