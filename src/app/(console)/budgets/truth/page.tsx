import type { Metadata } from "next";
import { TruthPage } from "../../../../console/budgets/truth/truth-page.tsx";
import { type PageQuery, requireSession } from "../../require-session.ts";

export const metadata: Metadata = { title: "Truth" };

/** The ledger held against what the providers metered. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/budgets/truth", searchParams);
  return <TruthPage />;
}
