import type { Metadata } from "next";
import { RequeuePage } from "../../../../console/requeues/requeue/requeue-page.tsx";
import { type PageQuery, requireSession } from "../../require-session.ts";

export const metadata: Metadata = { title: "Requeue" };

/** One requeue. */
export default async function Page(props: { params: Promise<{ id: string }>; searchParams: PageQuery }) {
  const { id } = await props.params;
  await requireSession(`/requeues/${id}`, props.searchParams);
  return <RequeuePage id={decodeURIComponent(id)} />;
}
