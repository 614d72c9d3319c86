import type { Metadata } from "next";
import { RedactionPage } from "../../../../console/settings/redaction/redaction-page.tsx";
import { type PageQuery, requireSession } from "../../require-session.ts";

export const metadata: Metadata = { title: "Redaction" };

/** Which values nobody is shown. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/settings/redaction", searchParams);
  return <RedactionPage />;
}
