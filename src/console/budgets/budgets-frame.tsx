import type { ReactNode } from "react";
import { PageHead } from "../page/page-head.tsx";
import { PageTabs } from "../page/page-tabs.tsx";
import { budgetsTabs } from "./budgets-tabs.ts";

/** What all pages about money stand in: their title, the tabs that lead from one to another, what can be done. */
export function BudgetsFrame(props: { children: ReactNode; actions?: ReactNode; readAtMs?: number }) {
  const { children, ...head } = props;
  return (
    <>
      <PageHead title="Budgets" {...head} />
      <PageTabs label="About money" tabs={budgetsTabs} />
      {children}
    </>
  );
}
