import type { Metadata } from "next";
import { PlanPage } from "../../../../console/plan/plan-page.tsx";
import { type PageQuery, requireSession } from "../../require-session.ts";

export const metadata: Metadata = { title: "Plan" };

/** One plan of a requeue. */
export default async function Page(props: { params: Promise<{ id: string }>; searchParams: PageQuery }) {
  const { id } = await props.params;
  await requireSession(`/plans/${id}`, props.searchParams);
  return <PlanPage id={decodeURIComponent(id)} />;
}
