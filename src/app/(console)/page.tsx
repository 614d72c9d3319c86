import type { Metadata } from "next";
import { OverviewPage } from "../../console/overview/overview-page.tsx";
import { type PageQuery, requireSession } from "./require-session.ts";

export const metadata: Metadata = { title: "Overview" };

/** Whether anything is wrong, and what there is to each part. */
export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  await requireSession("/", searchParams);
  return <OverviewPage />;
}
