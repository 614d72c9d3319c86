import type { Metadata } from "next";
import { AuditPage } from "../../../console/audit/audit-page.tsx";
import { type PageQuery, requireSession } from "../require-session.ts";

export const metadata: Metadata = { title: "Audit" };

/** Who changed what. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/audit", searchParams);
  return <AuditPage />;
}
