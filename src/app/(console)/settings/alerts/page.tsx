import type { Metadata } from "next";
import { AlertsPage } from "../../../../console/settings/alerts/alerts-page.tsx";
import { type PageQuery, requireSession } from "../../require-session.ts";

export const metadata: Metadata = { title: "Alerts" };

/** Of what somebody is told, and where. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/settings/alerts", searchParams);
  return <AlertsPage />;
}
