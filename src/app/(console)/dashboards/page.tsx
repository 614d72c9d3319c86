import type { Metadata } from "next";
import { DashboardsPage } from "../../../console/dashboards/dashboards-page.tsx";
import { type PageQuery, requireSession } from "../require-session.ts";

export const metadata: Metadata = { title: "Dashboards" };

/** All dashboards. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/dashboards", searchParams);
  return <DashboardsPage />;
}
