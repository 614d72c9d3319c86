import type { Metadata } from "next";
import { CostsPage } from "../../../../console/budgets/costs/costs-page.tsx";
import { type PageQuery, requireSession } from "../../require-session.ts";

export const metadata: Metadata = { title: "Costs" };

/** What was spent, over time and for what. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/budgets/costs", searchParams);
  return <CostsPage />;
}
