import type { Metadata } from "next";
import { BudgetsPage } from "../../../console/budgets/budgets-page.tsx";
import { type PageQuery, requireSession } from "../require-session.ts";

export const metadata: Metadata = { title: "Budgets" };

/** The budgets and what they hold. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/budgets", searchParams);
  return <BudgetsPage />;
}
