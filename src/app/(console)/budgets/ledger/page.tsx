import type { Metadata } from "next";
import { LedgerPage } from "../../../../console/budgets/ledger/ledger-page.tsx";
import { type PageQuery, requireSession } from "../../require-session.ts";

export const metadata: Metadata = { title: "Ledger" };

/** The ledger: every entry that was made, and what those that one looks for come to. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/budgets/ledger", searchParams);
  return <LedgerPage />;
}
