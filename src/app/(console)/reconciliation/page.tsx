import type { Metadata } from "next";
import { ReconciliationPage } from "../../../console/reconciliation/reconciliation-page.tsx";
import { type PageQuery, requireSession } from "../require-session.ts";

export const metadata: Metadata = { title: "Reconciliation" };

/** QStash, Postgres and the vector index held against each other. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/reconciliation", searchParams);
  return <ReconciliationPage />;
}
