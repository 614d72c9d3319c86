"use client";

import { Button, UnstyledButton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQueryStates } from "nuqs";
import type { ForecastBudget } from "../../costs/budgets/budget-view.ts";
import { DeedButton } from "../me/deed-button.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { useNow } from "../shell/now.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { Loaded } from "../states/loaded.tsx";
import { useTimeChoice } from "../time/time-zone.tsx";
import { DeedOfBudget } from "./actions/deed-of-budget.tsx";
import { NewBudgetDialog } from "./actions/new-budget-dialog.tsx";
import { budgetsQuery } from "./budgets.query.ts";
import { BudgetsFrame } from "./budgets-frame.tsx";
import classes from "./budgets-page.module.css";
import { budgetsState } from "./budgets-state.ts";
import { BudgetList } from "./list/budget-list.tsx";
import { BudgetListSkeleton } from "./list/budget-list-skeleton.tsx";
import { BudgetsToolbar } from "./list/budgets-toolbar.tsx";
import { countKinds, shownBudgets } from "./list/shown-budgets.ts";
import { budgetsHeadline } from "./words/headline.model.ts";

/** The budgets: how full they are, how they go on, what they hold, and what can be done about it. */
export function BudgetsPage() {
  const [state, setState] = useQueryStates(budgetsState);
  const budgets = useLiveQuery(budgetsQuery);
  const close = () => void setState({ do: null });
  return (
    <BudgetsFrame
      readAtMs={budgets.dataUpdatedAt}
      actions={
        <DeedButton
          deed="POST /api/v1/budgets"
          leftSection={<IconPlus size={14} stroke={1.75} />}
          onClick={() => void setState({ do: "new" }, { history: "push" })}
        >
          New budget
        </DeedButton>
      }
    >
      <Loaded read={budgets} loading={<BudgetListSkeleton />} failed="The budgets could not be read">
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState
              title="No budgets yet"
              text="Without one nothing limits what is spent. A hard budget holds what it has no room for, and lets it go on when it has; a soft one tells at its thresholds."
            />
          ) : (
            <LoadedBudgets budgets={items} complete={nextCursor === null} />
          )
        }
      </Loaded>
      {state.do === "new" && (
        <NewBudgetDialog
          project={state.project}
          onClose={close}
          onMade={({ id }) => void setState({ do: null, budget: id, project: "", show: "all" })}
        />
      )}
    </BudgetsFrame>
  );
}

function LoadedBudgets({ budgets, complete }: { budgets: readonly ForecastBudget[]; complete: boolean }) {
  const [state, setState] = useQueryStates(budgetsState);
  const shown = shownBudgets(budgets, state);
  const open = budgets.find(({ id }) => id === state.budget);
  const inProject = shownBudgets(budgets, { project: state.project, show: "all" });
  return (
    <>
      <Headline
        budgets={budgets}
        onLead={(budget) => void setState({ budget, project: "", show: "all" }, { history: "push" })}
      />
      <BudgetsToolbar
        project={state.project}
        show={state.show}
        counts={countKinds(inProject)}
        onChange={(change) => void setState(change, { history: "push" })}
      />
      {!complete && <p className={classes.note}>These are the {budgets.length} oldest budgets.</p>}
      {shown.length === 0 ? (
        <EmptyState title="No budget matches" text="None is of this project and kind together.">
          <Button
            variant="default"
            onClick={() => void setState({ project: null, show: null }, { history: "push" })}
          >
            Show all budgets
          </Button>
        </EmptyState>
      ) : (
        <BudgetList
          budgets={shown}
          open={state.budget}
          onOpen={(budget) => void setState({ budget }, { history: "push" })}
          onDeed={(deed) => void setState({ do: deed }, { history: "push" })}
        />
      )}
      {open && state.do !== null && state.do !== "new" && (
        <DeedOfBudget deed={state.do} budget={open} onClose={() => void setState({ do: null })} />
      )}
    </>
  );
}

function Headline(props: { budgets: readonly ForecastBudget[]; onLead: (budgetId: string) => void }) {
  const { state, text, budgetId } = budgetsHeadline(props.budgets, useNow(), useTimeChoice().timeZone);
  return (
    <p className={classes.headline} data-state={state}>
      {text}{" "}
      {budgetId !== null && (
        <UnstyledButton className={classes.lead} onClick={() => props.onLead(budgetId)}>
          Show it
        </UnstyledButton>
      )}
    </p>
  );
}
